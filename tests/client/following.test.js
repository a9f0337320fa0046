import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, afterEach, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { listen } from "./hub.js";
import { client, packed, party, ticket } from "./pages.js";

const { FIELDS, PROTOCOL } = await client("wire.js");
const { Following } = await client("following.js");

if (typeof WebSocket === "undefined") {
  // Before version 22 Node has its WebSocket behind a flag.
  test("following a journal, in a Node with WebSocket", () => {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const args = ["--experimental-websocket", "--test", fileURLToPath(import.meta.url)];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: "utf8" });
    assert.equal(status, 0, stdout + stderr);
  });
} else {
  run();
}

function run() {
  const NOW = 1_771_032_000_000;
  let hub;
  /** The page under test and everything it was told, in order. @type {{following: any, told: string[], until: Function}} */
  let page;

  before(async () => (hub = await listen()));
  after(() => hub.close());
  afterEach(async () => {
    page.following.close();
    hub.close();
    hub = await listen();
  });

  const welcome = (resume) => ["welcome", PROTOCOL, NOW, resume];
  const beat = (epoch, offset, live = true) => ["beat", epoch, offset, NOW, live];
  const snapshot = (epoch, offset, tables = {}) => ["snapshot", epoch, offset, packed(FIELDS, tables)];
  const issued = (epoch, offset) =>
    ["event", epoch, offset, NOW, "issued", packed(FIELDS, { tickets: [ticket(offset)], parties: [party(offset)] }), null];

  const guide = (epoch, offset, ahead = 3) => ["guide", epoch, offset, NOW, [["sapporo", ahead, 1, 10, 15, 1]], [[6, 0, 0, 5]]];
  /** As a page that asks: soon and often. */
  const ASKING = { polling: { every_ms: 30, look_ms: 5 } };

  /** Opens a page. What it is told becomes lines; `until` waits for the next line that is the one given. */
  function open(limits, asked) {
    const told = [];
    let read = 0;
    let wake = () => {};
    const say = (line) => {
      told.push(line);
      wake();
    };
    const following = new Following(hub.url, {
      onChange: (board, event) => say(event ? `${event.kind} ${board.epoch}/${board.offset}` : `board ${board.epoch}/${board.offset}`),
      onGuide: (told) => say(`guide ${told.queues.get("sapporo")?.ahead ?? "empty"}`),
      onStatus: (status) => say(status.problem ? `refused ${status.problem.code}` : status.state),
    }, limits, asked);
    page = {
      following,
      told,
      async until(line) {
        for (;;) {
          while (read < told.length) if (told[read++] === line) return;
          await new Promise((resolve) => (wake = resolve));
        }
      },
    };
  }

  /** Lets a page in with a snapshot at 1/5. */
  async function arrive(limits) {
    open(limits);
    const peer = await hub.next();
    await peer.hello;
    peer.send(welcome("snapshot"), snapshot(1, 5), beat(1, 5));
    await page.until("live");
    return peer;
  }

  test("a new page asks for everything, then takes event after event", async () => {
    open();
    assert.equal(page.following.status.state, "connecting");
    const peer = await hub.next();
    assert.deepEqual(await peer.hello, ["hello", PROTOCOL, null, 0]);
    peer.send(welcome("snapshot"), snapshot(1, 5), beat(1, 5), issued(1, 6), issued(1, 6), issued(1, 7));
    await page.until("issued 1/7");
    // The second 1/6 was ignored.
    assert.deepEqual(page.told, ["board 1/5", "live", "issued 1/6", "issued 1/7"]);
    assert.deepEqual([...page.following.board.tickets.keys()], [6, 7]);
    const { since } = page.following.status;
    assert.ok(Math.abs(since - NOW) < 5000);
  });

  test("a cut cable: back with the position, only what was missed, nothing alarming said", async () => {
    const first = await arrive();
    first.cut();
    const second = await hub.next();
    assert.deepEqual(await second.hello, ["hello", PROTOCOL, 1, 5]);
    second.send(welcome("backlog"), issued(1, 6), beat(1, 6));
    await page.until("issued 1/6");
    await page.until("live");
    assert.deepEqual(page.told, ["board 1/5", "live", "connecting", "issued 1/6", "live"]);
    assert.equal(hub.most, 1);
  });

  test("a gap is never papered over: the page asks again from where it is", async () => {
    const first = await arrive();
    first.send(issued(1, 8));
    const second = await hub.next();
    assert.deepEqual(await second.hello, ["hello", PROTOCOL, 1, 5]);
    second.send(welcome("backlog"), issued(1, 6), issued(1, 7), issued(1, 8), beat(1, 8));
    await page.until("live");
    assert.deepEqual(page.told, ["board 1/5", "live", "connecting", "issued 1/6", "issued 1/7", "issued 1/8", "live"]);
  });

  test("an event of another epoch: only a snapshot helps", async () => {
    const first = await arrive();
    first.send(issued(2, 6));
    const second = await hub.next();
    assert.deepEqual(await second.hello, ["hello", PROTOCOL, null, 0]);
    second.send(welcome("snapshot"), snapshot(2, 1), beat(2, 1));
    await page.until("board 2/1");
    await page.until("live");
    assert.equal(page.following.board.tickets.size, 0);
  });

  test("a snapshot in the midst of a connection is taken at once", async () => {
    const peer = await arrive();
    peer.send(snapshot(2, 1), beat(2, 1), issued(2, 2));
    await page.until("issued 2/2");
    assert.equal(hub.accepted, 1);
  });

  test("beats that name what never came are a gap; one beat may be early", async () => {
    const first = await arrive();
    first.send(beat(1, 6), issued(1, 6), beat(1, 6));
    await page.until("issued 1/6");
    first.send(beat(1, 9), beat(1, 9));
    const second = await hub.next();
    assert.deepEqual(await second.hello, ["hello", PROTOCOL, 1, 6]);
  });

  test("what one connection named is not asked of the next", async () => {
    const first = await arrive();
    first.send(beat(1, 9), issued(1, 6));
    await page.until("issued 1/6");
    first.cut();
    const second = await hub.next();
    second.send(welcome("backlog"), beat(1, 6), issued(1, 7));
    await page.until("issued 1/7");
    assert.equal(page.following.status.state, "live");
    assert.equal(hub.accepted, 2);
  });

  test("told to come back without a position, it does; what it announced once it does not announce again", async () => {
    const first = await arrive();
    first.send(issued(1, 6));
    await page.until("issued 1/6");
    first.close(4002);
    const second = await hub.next();
    assert.deepEqual(await second.hello, ["hello", PROTOCOL, null, 0]);
    second.send(welcome("snapshot"), snapshot(1, 4), issued(1, 5), issued(1, 6), issued(1, 7), beat(1, 7));
    await page.until("live");
    assert.deepEqual(page.told.slice(-6), ["connecting", "board 1/4", "board 1/5", "board 1/6", "issued 1/7", "live"]);
    second.cut();
    assert.deepEqual(await (await hub.next()).hello, ["hello", PROTOCOL, 1, 7]);
  });

  for (const code of [1001, 1012, 4000, 4001, 4003]) {
    test(`closed with ${code} it comes back with its position`, async () => {
      const first = await arrive();
      first.close(code);
      assert.deepEqual(await (await hub.next()).hello, ["hello", PROTOCOL, 1, 5]);
    });
  }

  test("from a server that ends it goes to the next at once, if it was with this one for a while", async (t) => {
    const waits = t.mock.method(Math, "random");
    const first = await arrive({ steady_ms: 0 });
    first.close(4005);
    const second = await hub.next();
    assert.deepEqual(await second.hello, ["hello", PROTOCOL, 1, 5]);
    assert.equal(waits.mock.callCount(), 0);
    page.following.close();
    const third = await arrive();
    third.close(4005);
    await hub.next();
    assert.equal(waits.mock.callCount(), 1);
  });

  test("refused for good it says why and never comes back", async () => {
    const peer = await arrive();
    peer.close(4503);
    await page.until("refused 4503");
    assert.equal(page.following.status.state, "stale");
    assert.match(page.following.status.problem.ja, /フェア/);
    page.following.check();
    await peer.gone;
    const refused = page;
    await arrive(); // another page, and nobody in between
    assert.equal(hub.accepted, 2);
    refused.following.close();
  });

  test("garbage makes it ask for everything anew", async (t) => {
    t.mock.method(console, "error", () => {});
    const first = await arrive();
    first.sendBytes([0xc1, 0x00]);
    assert.deepEqual(await (await hub.next()).hello, ["hello", PROTOCOL, null, 0]);
    assert.equal(console.error.mock.callCount(), 1);
  });

  test("a server that lost its journal makes the page stale at once, and live again when it is back", async () => {
    const peer = await arrive();
    const { since } = page.following.status;
    peer.send(beat(1, 5, false));
    await page.until("stale");
    assert.equal(page.following.status.since, since);
    peer.send(beat(1, 5));
    await page.until("live");
    assert.equal(hub.accepted, 1);
  });

  test("a page that comes to a deaf server stays stale, whatever the server still has", async () => {
    const first = await arrive();
    first.send(beat(1, 5, false));
    await page.until("stale");
    first.cut();
    const second = await hub.next();
    second.send(welcome("backlog"), issued(1, 6), beat(1, 6, false), issued(1, 7));
    await page.until("issued 1/7");
    assert.equal(page.following.status.state, "stale");
    assert.deepEqual(page.told, ["board 1/5", "live", "stale", "issued 1/6", "issued 1/7"]);
  });

  test("silence makes it stale and look for another connection; the time of the last truth stands", async () => {
    const first = await arrive({ silence_ms: 500, look_ms: 20 });
    const { since } = page.following.status;
    await page.until("stale");
    assert.equal(page.following.status.since, since);
    const second = await hub.next();
    assert.deepEqual(await second.hello, ["hello", PROTOCOL, 1, 5]);
    await first.gone;
    second.send(welcome("backlog"), beat(1, 5));
    await page.until("live");
  });

  test("a server that accepts and says nothing is given up, again and again", async () => {
    open({ silence_ms: 40, look_ms: 5 });
    for (let i = 0; i < 3; i += 1) await (await hub.next()).gone;
    assert.equal(page.following.status.state, "stale");
    assert.equal(page.following.status.since, null);
  });

  test("a page that wakes up keeps a connection that speaks and replaces one that does not", async () => {
    const first = await arrive({ wake_ms: 60_000 });
    page.following.check();
    first.send(issued(1, 6));
    await page.until("issued 1/6");
    assert.equal(hub.accepted, 1);
    page.following.close();

    await arrive({ wake_ms: 0 });
    page.following.check();
    assert.deepEqual(await (await hub.next()).hello, ["hello", PROTOCOL, 1, 5]);
  });

  test("a guide is kept beside the board; another epoch's is not taken, and a new epoch empties it", async () => {
    const peer = await arrive();
    assert.equal(page.following.guide.at, null);
    peer.send(guide(2, 1, 9), guide(1, 5));
    await page.until("guide 3");
    const { queues, tickets } = page.following.guide;
    assert.deepEqual(queues.get("sapporo"), { id: "sapporo", ahead: 3, booths: 1, band: { low: 10, high: 15 }, level: "busy" });
    assert.deepEqual(tickets.get(6), { id: 6, ahead: 0, band: { low: 0, high: 5 } });
    peer.send(snapshot(1, 5), snapshot(2, 1));
    await page.until("board 2/1");
    assert.deepEqual(page.told, ["board 1/5", "live", "guide 3", "board 1/5", "guide empty", "board 2/1"]);
  });

  test("where no socket gets through it asks, from where it is, and is live", async () => {
    hub.blocked = true;
    hub.answer = ({ epoch, offset }) => {
      if (epoch === undefined) return [welcome("snapshot"), snapshot(1, 5), guide(1, 5), beat(1, 5)];
      assert.equal(epoch, "1");
      return offset === "5" ? [welcome("backlog"), issued(1, 6), beat(1, 6)] : [welcome("backlog"), beat(1, 6)];
    };
    open({ silence_ms: 2_000, ...ASKING }, hub.askedUrl);
    await page.until("issued 1/6");
    const { asked } = hub;
    while (hub.asked < asked + 3) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(page.told, ["board 1/5", "guide 3", "live", "issued 1/6"]);
  });

  test("an answer older than what the socket told takes nothing back", async () => {
    hub.answer = () => [welcome("snapshot"), snapshot(1, 4), beat(1, 4)];
    open({ silence_ms: 60_000, ...ASKING }, hub.askedUrl);
    const peer = await hub.next();
    await page.until("board 1/4");
    peer.send(welcome("backlog"), issued(1, 5), beat(1, 5));
    await page.until("issued 1/5");
    const { asked } = hub;
    while (hub.asked < asked + 3) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(page.following.board.offset, 5);
    assert.equal(page.told.filter((line) => line.startsWith("board")).length, 1);
  });

  test("while the socket speaks it asks nothing", async () => {
    open({ silence_ms: 60_000, polling: { every_ms: 60_000, look_ms: 5 } }, hub.askedUrl);
    const peer = await hub.next();
    peer.send(welcome("snapshot"), snapshot(1, 5), beat(1, 5));
    await page.until("live");
    assert.equal(hub.asked, 0);
  });

  test("a link that is unknown: it says so and asks no more", async () => {
    hub.blocked = true;
    open(ASKING, hub.askedUrl);
    await page.until("refused 4507");
    const { asked, accepted } = hub;
    assert.match(page.following.status.problem.ja, /受付/);
    await new Promise((resolve) => setTimeout(resolve, 100));
    assert.deepEqual([hub.asked, hub.accepted], [asked, accepted]);
  });

  test("closed, it lets everything go", async () => {
    const peer = await arrive();
    page.following.close();
    await peer.gone;
    assert.equal(hub.accepted, 1);
    assert.equal(page.told.at(-1), "live");
  });

  test("closed while it is told something, it opens nothing more", async () => {
    const following = new Following(hub.url, { onStatus: () => following.close() }, { silence_ms: 0, look_ms: 60_000 });
    const peer = await hub.next();
    following.check();
    await peer.gone;
    await arrive(); // another page, and nobody in between
    assert.equal(hub.accepted, 2);
  });
}
