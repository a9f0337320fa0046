/**
 * The booth page's side of these tests: its modules, and a board to read.
 *
 * @module
 */

import { client, party, ticket } from "./pages.js";

const BOOTH = new URL("../../handhelds/booth/", import.meta.url);
const { Board } = await client("board.js");

/** A module of the booth page, by its file name. */
export function booth(name) {
  return import(new URL(name, BOOTH).href);
}

/** Booth 7, a main booth with two seats; booth 20, a spare of its queue. */
export const MAIN = { number: 7, role: "main", queue: "kitahiroshima", home: null, online: false, seats: 2 };
export const SPARE = { number: 20, role: "spare", queue: null, home: "kitahiroshima", online: false, seats: 2 };

/** What these tests need of a fair. */
export const FAIR = {
  limits: { reserved_in_a_row: 2 },
  queues: [
    { id: "sapporo", short: "札幌市" },
    { id: "ebetsu", short: "江別市" },
    { id: "kitahiroshima", short: "北広島市" },
  ],
};

/** Any time: these lines have no reserved places. */
export const WHEN = { now: 0, inARow: 2, timezone: "Asia/Tokyo" };

/** A queue's short name. */
export const nameOf = (id) => FAIR.queues.find((queue) => queue.id === id).short;

/** A board with one line: tickets by id, whose number is their id, with `size` and `active` of their party; and booth 7. */
export function board({ waiting = [], row = {}, queues = [], others = [] } = {}, offset = 1) {
  const made = new Board();
  const tickets = waiting.map(({ size, active, ...changes }) =>
    ticket(changes.id, { number: String(changes.id), queue: "kitahiroshima", rev: 1, ...changes }),
  );
  const parties = waiting.map(({ id, size = 2, active = null }) => party(id, { number: String(id), size, active, rev: 1 }));
  const mine = { id: 7, queue: "kitahiroshima", state: "open", ticket: null, since: 0, rev: 1, ...row };
  made.load({ epoch: 1, offset, parties, tickets, queues, booths: [mine, ...others], clocks: [] });
  return made;
}
