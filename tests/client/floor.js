/**
 * The floor manager's side of these tests: its modules, and a hall to read.
 *
 * @module
 */

import { register } from "node:module";
import { client, party, ticket } from "./pages.js";

const CLIENT = new URL("../../server/yobidashi/live/client/", import.meta.url).href;
const FLOOR = new URL("../../handhelds/floor/", import.meta.url);

// What the pages' import map does in the browser.
const RESOLVE = `export const resolve = (name, context, next) => next(name.startsWith("client/") ? ${JSON.stringify(CLIENT)} + name.slice(7) : name, context)`;
register(`data:text/javascript,${encodeURIComponent(RESOLVE)}`);

const { Board } = await client("board.js");
const { Guide } = await client("guide.js");

/** A module of the floor manager's page, by its file name. */
export function floor(name) {
  return import(new URL(name, FLOOR).href);
}

export const MINUTE = 60_000;

/** The fair's time in these tests: an hour after the opening at 0. */
export const NOW = 60 * MINUTE;

export const FAIR = {
  queues: [
    { id: "sapporo", short: "札幌市", talk_min: 20 },
    { id: "otaru", short: "小樽市", talk_min: 20 },
    { id: "ebetsu", short: "江別市", talk_min: 20 },
    { id: "jobs", short: "仕事", talk_min: 20 },
  ],
  booths: [
    { number: 1, role: "main", queue: "sapporo", home: null },
    { number: 2, role: "main", queue: "otaru", home: null },
    { number: 3, role: "main", queue: "ebetsu", home: null },
    { number: 4, role: "main", queue: "jobs", home: null },
    { number: 5, role: "spare", queue: null, home: "sapporo" },
    { number: 6, role: "spare", queue: null, home: "otaru" },
  ],
};

export const WATCHED = {
  recall_by_ms: 90_000, absent_after_ms: MINUTE, cancelled_after_ms: 30 * MINUTE, talk_cv: 0.45, opens_at: 0, closes_at: 390 * MINUTE,
  closing: null, seats: null, goal: 200, history: [],
};

export const nameOf = (id) => FAIR.queues.find((queue) => queue.id === id).short;

/** A board: tickets with `size` and `active` of their party, booths that differ from open ones of the fair, offers and notices. */
export function hall({ tickets = [], booths = [], parties = [], offers = [], notices = [], queues = [] } = {}) {
  const board = new Board();
  board.load({
    epoch: 1, offset: 1, offers, notices, queues, clocks: [],
    tickets: tickets.map(({ size, active, ...changes }) => ticket(changes.id, changes)),
    parties: [
      ...tickets.filter((each) => each.party === undefined).map(({ id, size = 2, active = null, issued_at = 0 }) => party(id, { size, active, issued_at })),
      ...parties.map(({ id, ...changes }) => party(id, changes)),
    ],
    booths: FAIR.booths.map(({ number, queue }) => ({ id: number, queue, state: "open", ticket: null, since: 0, rev: 1, ...booths.find(({ id }) => id === number) })),
  });
  return board;
}

/** Waits in minutes by queue: [low, high, level]; all others are quiet. */
export function waits(given = {}) {
  const queues = FAIR.queues.map(({ id }) => {
    const [low, high, level] = given[id] ?? [0, 5, "quiet"];
    return { id, ahead: 0, booths: 1, band: { low, high }, level };
  });
  return new Guide({ at: NOW, queues, tickets: [] });
}
