// What the calls screen reads from the board: open calls, the last calls, the map.
import assert from "node:assert/strict";
import { test } from "node:test";

import { boothCells, rowsOf } from "../../displays/calls/grid.js";
import { LATE_MS, openCalls } from "../../displays/open-calls.js";
import { recentCalls } from "../../displays/calls/recent.js";
import { spoken } from "../../displays/spoken.js";
import { Board } from "../../server/yobidashi/live/client/board.js";

const NOW = 1_771_042_800_000;

/** A ticket that was called `offset`-th, now. */
function ticket(offset, state, more = {}) {
  return {
    id: offset, party: offset, number: String(100 + offset), queue: "sapporo", state, place: offset, booth: 1, issued_at: NOW,
    called_at: NOW, called_offset: offset, recalls: 0, recalled_at: null, started_at: null, ended_at: null, away_at: null,
    reason: null, rev: offset, ...more,
  };
}

function board({ tickets = [], booths = [], clocks = [] } = {}) {
  const board = new Board();
  board.load({ epoch: 1, offset: 99, parties: [], queues: [], tickets, booths, clocks });
  return board;
}

const fair = {
  queues: [
    { id: "sapporo", name: "札幌市", short: "札幌市", english: "Sapporo", detail: null },
    { id: "bus", name: "バスのお仕事相談", short: "バスのお仕事", english: "Bus jobs", detail: null },
  ],
  booths: [
    { number: 2, role: "main", queue: "bus", home: null },
    { number: 1, role: "main", queue: "sapporo", home: null },
    { number: 3, role: "spare", queue: null, home: "sapporo" },
  ],
};

test("only what is called is open", () => {
  const states = ["waiting", "called", "serving", "finished", "absent", "held", "cancelled"];
  const open = openCalls(board({ tickets: states.map((state, i) => ticket(i + 1, state)) }), NOW);
  assert.deepEqual(open, [{ offset: 2, ticket: 2, recalls: 0, news: 2, late: false }]);
});

test("a recall is news of its own event", () => {
  const [call] = openCalls(board({ tickets: [ticket(5, "called", { recalls: 1, recalled_at: NOW, rev: 8 })] }), NOW);
  assert.deepEqual([call.offset, call.news, call.recalls], [5, 8, 1]);
});

test("what is heard of too late, or was there before the page, is not news", () => {
  const late = (now, news, clocks) => openCalls(board({ tickets: [ticket(1, "called")], clocks }), now, news)[0].late;
  assert.equal(late(NOW + LATE_MS), false);
  assert.equal(late(NOW + LATE_MS + 1), true);
  assert.equal(late(NOW, false), true);
  const fast = [{ id: 0, real: NOW, fair: NOW, rate: 60, rev: 1 }];
  assert.equal(late(NOW + 60 * LATE_MS, true, fast), false, "in a fair that runs 60 times as fast a minute is an hour");
  const standing = [{ id: 0, real: NOW, fair: NOW, rate: 0, rev: 1 }];
  assert.equal(late(NOW, true, standing), false);
});

test("the last calls: newest first, without those shown large, the undone, the moved and the cancelled", () => {
  const tickets = [
    ticket(1, "finished"), ticket(2, "serving"), ticket(3, "absent"), ticket(4, "cancelled"), ticket(5, "called"), ticket(6, "called"),
    ticket(7, "waiting", { called_offset: null, booth: null }),
  ];
  const ids = (rows) => recentCalls(board({ tickets }), new Set([6]), rows).map(({ id }) => id);
  assert.deepEqual(ids(7), [5, 3, 2, 1]);
  assert.deepEqual(ids(2), [5, 3]);
});

test("the map: main booths, then spares, each in the order of its number, with the queue it serves now", () => {
  const booths = [
    { id: 1, queue: "sapporo", state: "open", ticket: 5, since: NOW, rev: 1 },
    { id: 2, queue: "bus", state: "paused", ticket: null, since: NOW, rev: 1 },
    { id: 3, queue: null, state: "open", ticket: null, since: NOW, rev: 1 },
  ];
  const { main, spare } = boothCells(fair, board({ booths, tickets: [ticket(5, "called")] }));
  assert.deepEqual(main.map(({ booth, name, used, ticket }) => [booth, name, used, ticket?.id]), [
    [1, "札幌市", true, 5],
    [2, "バスのお仕事", false, undefined],
  ]);
  assert.deepEqual(spare.map(({ booth, name, used }) => [booth, name, used]), [[3, "予備", false]]);
});

test("before the board is known every booth has its place already", () => {
  const { main } = boothCells(fair, board());
  assert.deepEqual(main.map(({ booth, name, row }) => [booth, name, row]), [[1, "札幌市", null], [2, "バスのお仕事", null]]);
});

test("main and spare booths begin rows of their own", () => {
  const booths = (role, count) => Array.from({ length: count }, (_, i) => ({ number: i, role }));
  assert.equal(rowsOf({ booths: [...booths("main", 18), ...booths("spare", 12)] }), 5);
  assert.equal(rowsOf({ booths: [...booths("main", 7), ...booths("spare", 1)] }), 3);
  assert.equal(rowsOf({ booths: booths("main", 4) }), 1);
});

test("a call in words", () => {
  const words = spoken(fair, ticket(5, "called", { booth: 3 }));
  assert.equal(words.ja, "番号札105番の方、3番ブース 札幌市へお越しください");
  assert.equal(words.come, "Please come to booth 3, Sapporo.");
  assert.equal(words.spare, true);
});
