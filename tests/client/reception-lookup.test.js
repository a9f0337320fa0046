import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Answer } from "../../handhelds/reception/answer.js";
import { ahead, find, neighbours, openBooths, openTickets, plain } from "../../handhelds/reception/lookup.js";
import { undoRest } from "../../handhelds/reversible.js";
import { client, party, ticket } from "./pages.js";

const { Board } = await client("board.js");

let board;

beforeEach(() => {
  board = new Board();
  board.load({
    epoch: 1,
    offset: 9,
    parties: [party(1, { tickets: [1, 4] }), party(2, { size: 3 }), party(3), party(9, { number: "" })],
    tickets: [
      ticket(1),
      ticket(2),
      ticket(3),
      ticket(4, { party: 1, number: "101", queue: "otaru", state: "finished" }),
      ticket(9, { number: "A12", state: "called" }),
    ],
    booths: [
      { id: 20, queue: "sapporo", state: "open", ticket: null, since: 0, rev: 1 },
      { id: 1, queue: "sapporo", state: "open", ticket: null, since: 0, rev: 1 },
      { id: 2, queue: "sapporo", state: "paused", ticket: null, since: 0, rev: 1 },
    ],
  });
});

test("what is typed in full width or small letters is the same number", () => {
  assert.equal(plain("１０５"), "105");
  assert.equal(plain(" a12番"), "A12");
});

test("a party is found by its number, or by the number of one of its tickets", () => {
  assert.equal(find(board, "102").party.id, 2);
  assert.equal(find(board, "a12").party.id, 9);
  assert.equal(find(board, "10"), null);
  assert.equal(find(board, ""), null);
});

test("numbers that begin alike are offered, each once", () => {
  assert.deepEqual(neighbours(board, "10"), ["101", "102", "103"]);
  assert.deepEqual(neighbours(board, ""), []);
});

test("who is ahead is counted in parties and persons", () => {
  assert.deepEqual(ahead(board, board.tickets.get(3), 0, 2), { parties: 2, persons: 5 });
  assert.deepEqual(ahead(board, board.tickets.get(1), 0, 2), { parties: 0, persons: 0 });
});

test("who is ahead follows the calling order: from its slot on a reserved place is before the others", () => {
  board.apply({ epoch: 1, offset: 10, tickets: [ticket(3, { reserved: 60_000 })] });
  const before = (id, now) => ahead(board, board.tickets.get(id), now, 2).parties;
  assert.deepEqual([before(3, 59_999), before(1, 59_999)], [2, 0]);
  assert.deepEqual([before(3, 60_000), before(1, 60_000)], [0, 1]);
});

test("who is ahead is unknown for a ticket that is not in line", () => {
  assert.equal(ahead(board, ticket(77), 0, 2), null);
  assert.equal(ahead(board, board.tickets.get(9), 0, 2), null);
});

test("open booths of a queue come by number", () => {
  assert.deepEqual(openBooths(board, "sapporo").map(({ id }) => id), [1, 20]);
});

test("a finished ticket leaves its queue open to the party again", () => {
  assert.deepEqual([...openTickets(board, board.parties.get(1)).keys()], ["sapporo"]);
});

test("an answer that is here before the event shows its party", () => {
  const answer = new Answer({ epoch: 1, parties: [party(50)], tickets: [ticket(50)] });
  assert.equal(answer.partyOn(board, 50).tickets[0].number, "150");
  assert.equal(answer.partyOn(board, 2).party.size, 3);
});

test("of board and answer the newer row counts", () => {
  const answer = new Answer({ epoch: 1, parties: [party(2, { size: 1, rev: 1 })], tickets: [ticket(2, { state: "held", rev: 99 })] });
  const { party: found, tickets } = answer.partyOn(board, 2);
  assert.equal(found.size, 3);
  assert.equal(tickets[0].state, "held");
});

test("an answer of a new life of the journal beats a board of the old one", () => {
  const answer = new Answer({ epoch: 2, parties: [party(2, { size: 1, rev: 1 })], tickets: [ticket(2, { rev: 1 })] });
  assert.equal(answer.partyOn(board, 2).party.size, 1);
  board.load({ epoch: 3, offset: 1, parties: [party(2, { size: 4, rev: 1 })], tickets: [ticket(2)] });
  assert.equal(answer.partyOn(board, 2).party.size, 4);
});

test("an event can be taken back for as long as the fair allows", () => {
  const event = { epoch: 1, offset: 9, at: 1000, tickets: [ticket(2)], parties: [party(2)] };
  assert.equal(undoRest(event, board, 4000, 10_000), 7000);
  assert.equal(undoRest(event, board, 11_000, 10_000), 0);
  assert.equal(undoRest(event, board, null, 10_000), 0);
});

test("an event that was overtaken, or is of another life of the journal, cannot be taken back", () => {
  const event = { epoch: 1, offset: 9, at: 1000, tickets: [ticket(2)] };
  assert.equal(undoRest({ ...event, epoch: 2 }, board, 1000, 10_000), 0);
  board.apply({ epoch: 1, offset: 10, tickets: [ticket(2, { state: "called", rev: 10 })] });
  assert.equal(undoRest(event, board, 1000, 10_000), 0);
});

test("a call can be taken back although its queue has counted on; a stop cannot once the queue has changed", () => {
  const queues = [{ id: "sapporo", issuing: true, reserved_run: 1, rev: 9 }];
  board.apply({ epoch: 1, offset: 10, queues: [{ ...queues[0], reserved_run: 2, rev: 10 }] });
  const rest = (kind) => undoRest({ kind, epoch: 1, offset: 9, at: 1000, tickets: [ticket(1)], queues }, board, 1000, 10_000);
  assert.equal(rest("called"), 10_000);
  assert.equal(rest("issuing_stopped"), 0);
});
