import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { client, party, ticket } from "./pages.js";

const { Board } = await client("board.js");
const { TABLES, decodeFrame } = await client("wire.js");

function rowsOf(board) {
  const byId = (a, b) => (a.id < b.id ? -1 : 1);
  return Object.fromEntries(TABLES.map((table) => [table, [...board[table].values()].sort(byId)]));
}

test("a day folded here is the day folded in Python", () => {
  const { snapshot, events, result } = JSON.parse(readFileSync(new URL("../vectors/fold.json", import.meta.url), "utf8"));
  const board = new Board();
  board.load(decodeFrame(Buffer.from(snapshot, "hex")));
  for (const event of events) board.apply(decodeFrame(Buffer.from(event, "hex")));
  assert.deepEqual({ epoch: board.epoch, offset: board.offset, ...rowsOf(board) }, result);
});

test("a board knows nothing before its first snapshot", () => {
  const board = new Board();
  assert.equal(board.position, null);
  assert.deepEqual(board.waiting("sapporo"), []);
  assert.deepEqual(board.counts("sapporo"), { parties: 0, persons: 0 });
});

test("an event replaces the rows it carries and leaves the others", () => {
  const board = new Board();
  board.load({ epoch: 1, offset: 2, parties: [party(1), party(2)], tickets: [ticket(1), ticket(2)] });
  board.apply({ epoch: 1, offset: 3, tickets: [ticket(1, { state: "called", booth: 4 })] });
  assert.equal(board.tickets.get(1).state, "called");
  assert.deepEqual(board.tickets.get(2), ticket(2));
  assert.deepEqual(board.position, { epoch: 1, offset: 3 });
});

test("a snapshot leaves nothing of what was before", () => {
  const board = new Board();
  board.load({ epoch: 1, offset: 2, parties: [party(1)], tickets: [ticket(1)] });
  board.load({ epoch: 2, offset: 1, queues: [{ id: "sapporo", issuing: true, rev: 1 }] });
  assert.equal(board.tickets.size + board.parties.size, 0);
  assert.deepEqual(board.waiting("sapporo"), []);
  assert.deepEqual(board.position, { epoch: 2, offset: 1 });
});

test("a line stands by place, then by id, and only those who wait stand in it", () => {
  const board = new Board();
  const tickets = [
    ticket(1, { place: 30 }), ticket(2, { place: 10 }), ticket(4, { place: 20 }), ticket(3, { place: 20 }),
    ticket(5, { state: "serving" }), ticket(6, { queue: "otaru" }), ticket(7, { state: "absent" }),
  ];
  board.load({ epoch: 1, offset: 1, tickets, parties: tickets.map(({ id }) => party(id, { size: id })) });
  assert.deepEqual(board.waiting("sapporo").map(({ id }) => id), [2, 3, 4, 1]);
  assert.deepEqual(board.counts("sapporo"), { parties: 4, persons: 10 });
  board.apply({ epoch: 1, offset: 2, tickets: [ticket(2, { state: "called" })] });
  assert.deepEqual(board.waiting("sapporo").map(({ id }) => id), [3, 4, 1]);
});

test("a waiting ticket is passed over while its party is busy elsewhere, and only then", () => {
  const board = new Board();
  const here = ticket(1);
  const there = ticket(2, { party: 1, queue: "otaru", state: "serving" });
  board.load({ epoch: 1, offset: 1, tickets: [here, there], parties: [party(1, { active: 2, tickets: [1, 2] })] });
  assert.equal(board.passedOver(here), true);
  assert.equal(board.passedOver(there), false);
  assert.deepEqual(board.ticketsOf(1), [here, there]);
  assert.equal(board.party(there).id, 1);
  board.apply({ epoch: 1, offset: 2, parties: [party(1, { tickets: [1, 2] })] });
  assert.equal(board.passedOver(here), false);
});
