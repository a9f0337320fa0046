// What the guide screen and the booths' screens read from the plan, the board and the estimates.
import assert from "node:assert/strict";
import { test } from "node:test";

import { boothState } from "../../displays/booth/state.js";
import { TURNS, placeOf, wayTo } from "../../displays/guide/direction.js";
import { isFresh, isRecent } from "../../displays/guide/fresh.js";
import { boothMarks, queueCells } from "../../displays/guide/hall.js";
import { TURN_MS, noticeAt } from "../../displays/notices.js";
import { boothFor, boothsServing } from "../../displays/serving.js";
import { Board } from "../../server/yobidashi/live/client/board.js";
import { party, ticket } from "./pages.js";

const square = (x, y) => ({ x, y, w: 2, h: 2 });

/** A hall of 30 × 20 m: one comes in below in the middle, and the seats are at the left wall. */
const plan = {
  width: 30, height: 20,
  places: [
    { id: "entrance", ja: "出入口", en: "Entrance", x: 13, y: 19, w: 4, h: 1, looks: "up" },
    { id: "seats", ja: "待合席", en: "Seats", x: 0, y: 8, w: 4, h: 4, looks: "right" },
    { id: "stage", ja: "舞台", en: "Stage", x: 13, y: 0, w: 4, h: 1, looks: "down" },
  ],
  booths: { 1: square(14, 0), 2: square(28, 18.5), 3: square(0, 18.5), 4: square(28, 4.5), 5: square(0, 0) },
};

const fair = {
  queues: [
    { id: "sapporo", short: "札幌市", name: "札幌市", english: "Sapporo", detail: null },
    { id: "otaru", short: "小樽市", name: "小樽市", english: "Otaru", detail: null },
  ],
  booths: [
    { number: 1, role: "main", queue: "sapporo", home: null, online: false },
    { number: 2, role: "main", queue: "otaru", home: null, online: true },
    { number: 3, role: "spare", queue: null, home: "sapporo", online: false },
    { number: 4, role: "spare", queue: null, home: "otaru", online: false },
  ],
  limits: { reserved_in_a_row: 2 },
  plan,
};

function booth(id, queue, changes = {}) {
  return { id, queue, state: "open", ticket: null, since: 0, rev: 1, ...changes };
}

function board(tables = {}) {
  const board = new Board();
  board.load({ epoch: 1, offset: 9, parties: [], tickets: [], queues: [], booths: [], clocks: [], offers: [], notices: [], ...tables });
  return board;
}

/** The estimates of a moment. */
function guideOf(levels) {
  const queues = Object.entries(levels).map(([id, level]) => [id, { id, ahead: 0, booths: 1, band: { low: 0, high: 5 }, level }]);
  return { at: 0, queues: new Map(queues), tickets: new Map() };
}

test("the way is told as one sees it from where the screen stands", () => {
  const turn = (at, number) => TURNS[wayTo(plan, at, number).eighths].ja;
  assert.equal(turn("entrance", 1), "正面");
  assert.equal(turn("entrance", 2), "右");
  assert.equal(turn("entrance", 3), "左");
  assert.equal(turn("entrance", 4), "右前");
  assert.equal(turn("seats", 1), "左前", "who looks to the right has what is above at the left");
  assert.equal(turn("seats", 3), "右");
  assert.equal(turn("seats", 5), "左");
  assert.equal(turn("stage", 2), "左前", "who looks down has the right wall at the left");
  assert.equal(wayTo(plan, "entrance", 1).metres, 20);
  assert.equal(wayTo(plan, "stage", 1).metres, 5, "never no way at all");
});

test("a screen whose place nobody knows stands at the entrance; without a plan no way is told", () => {
  assert.equal(placeOf(plan, "nowhere").id, "entrance");
  assert.deepEqual(wayTo(plan, "nowhere", 4), wayTo(plan, null, 4));
  assert.equal(wayTo(null, null, 1), null);
  assert.equal(wayTo({ ...plan, booths: {} }, null, 1), null);
});

test("one is told of a booth that is open and free, else of an open one, else of the queue's own", () => {
  const tickets = [ticket(1, { state: "serving", booth: 1 })];
  const busy = board({ tickets, parties: [party(1)], booths: [booth(1, "sapporo", { ticket: 1 }), booth(3, "sapporo"), booth(2, "otaru", { state: "paused" })] });
  assert.equal(boothFor(fair, busy, "sapporo").number, 3);
  assert.deepEqual(boothsServing(fair, busy, "sapporo").map(({ number }) => number), [1, 3]);
  assert.equal(boothFor(fair, busy, "otaru").number, 2);
  const full = board({ tickets, parties: [party(1)], booths: [booth(1, "sapporo", { ticket: 1 })] });
  assert.equal(boothFor(fair, full, "sapporo").number, 1);
});

test("the cells of the map have their places before anything is known", () => {
  const cells = queueCells(fair, board(), guideOf({}));
  assert.deepEqual(cells.map(({ booth, name, level, band, issuing }) => [booth, name, level, band, issuing]), [
    [1, "札幌市", null, null, true],
    [2, "小樽市", null, null, true],
  ]);
});

test("a cell knows whether tickets are still issued", () => {
  const rows = board({ queues: [{ id: "otaru", issuing: false, reserved_run: 0, rev: 1 }] });
  const [, otaru] = queueCells(fair, rows, guideOf({ otaru: "crowded" }));
  assert.deepEqual([otaru.issuing, otaru.level], [false, "crowded"]);
});

test("the plan marks booths by the queue they serve now", () => {
  const rows = board({ booths: [booth(1, "sapporo"), booth(2, "otaru"), booth(3, "sapporo"), booth(4, null)] });
  const marks = () => boothMarks(fair, rows, guideOf({ sapporo: "crowded", otaru: "quiet" })).map(({ booth, mark }) => [booth, mark]);
  assert.deepEqual(marks(), [[1, "crowded"], [2, "quiet"], [3, "crowded"], [4, "unused"]]);
  rows.apply({ epoch: 1, offset: 10, booths: [booth(1, "sapporo", { state: "paused" })] });
  assert.deepEqual(marks()[0], [1, "unused"]);
  assert.deepEqual(boothMarks({ ...fair, plan: null }, rows, guideOf({})), []);
});

test("offers end with the time for which the waits may be advised by, the waits a little later", () => {
  assert.equal(isFresh("live", 3_000, 15), true);
  assert.equal(isFresh("connecting", 15_000, 15), true);
  assert.equal(isFresh("connecting", 15_001, 15), false);
  assert.equal(isFresh("stale", 1_000, 15), false);
  assert.equal(isRecent("stale", 60_000), true);
  assert.equal(isRecent("stale", 60_001), false);
});

test("a booth's screen: called, serving, free, paused, closed, and the video of a spare that serves nobody", () => {
  const tickets = [ticket(1, { state: "called", booth: 1, called_offset: 3 }), ticket(2), ticket(3), ticket(4), ticket(5, { party: 1 })];
  const parties = [party(1, { active: 1, tickets: [1, 5] }), party(2), party(3), party(4, { size: 3 })];
  const at = (row) => boothState(fair, board({ tickets, parties, booths: row ? [row] : [] }), guideOf({ sapporo: "busy" }), row?.id ?? 1, 0);
  const called = at(booth(1, "sapporo", { ticket: 1 }));
  assert.deepEqual([called.state, called.ticket.number, called.queue.id, called.guide.level], ["called", "101", "sapporo", "busy"]);
  assert.deepEqual(called.next, ["102", "103"], "who is busy elsewhere is passed over");
  assert.deepEqual(called.waiting, { parties: 4, persons: 9 });
  assert.equal(at(booth(1, "sapporo")).state, "free");
  assert.equal(at(booth(1, "sapporo", { state: "paused" })).state, "paused");
  assert.equal(at(booth(1, "sapporo", { state: "closed" })).state, "closed");
  const video = at(booth(3, null));
  assert.deepEqual([video.state, video.spare, video.queue, video.next], ["video", true, null, []]);
  const unknown = at(null);
  assert.deepEqual([unknown.state, unknown.queue.id], ["unknown", "sapporo"]);
  const lent = boothState(fair, board({ booths: [booth(4, "sapporo")] }), guideOf({}), 4, 0);
  assert.deepEqual([lent.spare, lent.queue.id, lent.guide], [true, "sapporo", null]);
});

test("notices take turns while they are in force", () => {
  const notice = (id, until) => ({ id, ja: `知らせ${id}`, en: null, at: 0, until, rev: id });
  const rows = board({ notices: [notice(1, 100), notice(2, null), notice(3, 50)] });
  assert.deepEqual([0, 1, 2].map((turn) => noticeAt(rows, 60, turn * TURN_MS)?.id), [1, 2, 1]);
  assert.equal(noticeAt(board(), 0, 0), null);
});
