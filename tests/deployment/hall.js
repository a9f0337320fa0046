/**
 * A hall's pages without a browser: the pages' own modules follow the fair and send commands, as they would behind any proxy.
 *
 * Started by test_behind_proxies.py with one JSON argument, it says "ready", issues until it reads a line, and then prints what was
 * acknowledged and what each page saw.
 *
 * @module
 */

import dns from "node:dns";
import { once } from "node:events";
import { client } from "../client/pages.js";

const { Following } = await client("following.js");
const { post, LIMITS } = await client("post.js");

const { socket, api, address, pages: count, workers, screen, reception, form, queue } = JSON.parse(process.argv[2]);

// What the hall's router does: the fair's name leads here.
dns.lookup = (name, options, callback) =>
  options.all ? callback(null, [{ address, family: 4 }]) : callback(null, address, 4);

// What a browser adds by itself: where the page comes from, and its cookies.
const Plain = globalThis.WebSocket;
globalThis.WebSocket = class extends Plain {
  /** @param {string} url */
  constructor(url) {
    super(url, { headers: { origin: screen.origin, cookie: screen.cookie } });
  }
};
let sent = 0;
const plainFetch = globalThis.fetch;
globalThis.fetch = (url, options) => {
  sent += 1;
  return plainFetch(url, { ...options, headers: { ...options.headers, origin: reception.origin, cookie: reception.cookie } });
};

/** One page: what it saw of the journal, and for how many ms it was without each time it was sent to another server. */
class Page {
  away = [];
  stale = 0;
  gaps = 0;
  snapshots = 0;
  #left = null;

  constructor(changed) {
    let at = null;
    this.following = new Following(socket, {
      onChange: (board, event) => {
        if (event === null) this.snapshots += 1;
        else if (at !== null && event.offset !== at + 1) this.gaps += 1;
        at = board.offset;
        changed();
      },
      onStatus: ({ state }) => {
        if (state === "stale") this.stale += 1;
        if (state !== "live") this.#left ??= performance.now();
        else if (this.#left !== null) {
          this.away.push(Math.round(performance.now() - this.#left));
          this.#left = null;
        }
        changed();
      },
    });
  }
}

const watchers = new Set();
const changed = () => watchers.forEach((look) => look());
/** Waits until something holds of all pages. */
const until = (holds) =>
  new Promise((resolve) => {
    const look = () => pages.every(holds) && (watchers.delete(look), resolve());
    watchers.add(look);
    look();
  });

const pages = [];
for (let n = 0; n < count; n += 1) pages.push(new Page(changed));
await until((page) => page.following.status.state === "live");

let over = false;
const acknowledged = [];
async function work() {
  const options = { csrf: reception.csrf };
  while (!over) {
    const holder = form ? { card: (await post(`${api}/cards`, form, options, LIMITS)).id } : { size: 2 };
    const { offset, parties } = await post(`${api}/issue`, { ...holder, queues: [queue] }, options, LIMITS);
    acknowledged.push({ offset, party: parties[0].id, number: parties[0].number });
  }
}
const working = Promise.all(Array.from({ length: workers }, work));
console.log("ready");

await once(process.stdin, "data");
over = true;
await working;
const last = Math.max(...acknowledged.map(({ offset }) => offset));
await until((page) => page.following.status.state === "live" && page.following.board.offset >= last);
const seen = pages.map(({ away, stale, gaps, snapshots, following: { board } }) => ({
  away, stale, gaps, snapshots, offset: board.offset, parties: board.parties.size,
}));
console.log(JSON.stringify({ acknowledged, sent, seen }));
process.exit(0);
