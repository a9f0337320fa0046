import assert from "node:assert/strict";
import { test } from "node:test";
import { FAIR, MAIN, board, booth } from "./booth.js";

const { Station } = await booth("station.js");
const { REST_MS } = await booth("press.js");
const { deed } = await booth("deed.js");

/** A station on a board that the test changes, with the commands it sends. */
function station(t, given) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const time = { now: 0 };
  const sent = [];
  const offered = [];
  const seen = board(given);
  const made = new Station({
    fair: FAIR,
    place: MAIN,
    board: seen,
    clock: () => time.now,
    send: (name, args) => new Promise((answer) => sent.push({ name, args, answer })),
    undo: { offer: (event, sentence) => offered.push(sentence), forget: () => {}, take: async () => null },
    changed: () => {},
  });
  made.see(null, true);
  t.mock.timers.tick(REST_MS);
  return {
    station: made,
    time,
    sent,
    offered,
    pass: (ms) => t.mock.timers.tick(ms),
    change: (rows, live = true) => {
      const event = { kind: "x", at: 0, parties: [], tickets: [], queues: [], booths: [], clocks: [], offers: [], notices: [], undoes: null, ...rows };
      seen.apply({ epoch: 1, offset: seen.offset + 1, ...event });
      made.see({ epoch: 1, offset: seen.offset, ...event }, live);
    },
  };
}

const SERVING = { id: 101, state: "serving", booth: 7, active: 101 };
const ROW = { id: 7, queue: "kitahiroshima", state: "open", ticket: null, since: 0, rev: 2 };

test("a change of what the big button means rests it, whoever made the change", (t) => {
  const { station: made, sent, pass, change } = station(t, { waiting: [{ id: 105 }] });
  change({ tickets: [{ ...made.board.tickets.get(105), state: "called", booth: 7 }], booths: [{ ...ROW, ticket: 105 }] });
  void made.pressMain();
  assert.equal(sent.length, 0);
  pass(REST_MS);
  void made.pressMain();
  assert.deepEqual(sent.map(({ name }) => name), ["start"]);
});

test("a new arrival does not rest the button that calls", (t) => {
  const { station: made, sent, change } = station(t, { waiting: [{ id: 105 }] });
  change({ parties: [{ id: 106, number: "106", size: 1, active: null, tickets: [106] }],
    tickets: [{ ...made.board.tickets.get(105), id: 106, party: 106, number: "106", place: 106 }] });
  void made.pressMain();
  assert.equal(sent.length, 1);
});

test("as time passes the big button comes to mean whose slot has begun, and does not rest for it", (t) => {
  const { station: made, time, sent } = station(t, { waiting: [{ id: 105 }, { id: 106, reserved: 60_000 }] });
  assert.equal(made.main.on, "105番 2名");
  time.now = 60_000;
  made.pass();
  assert.equal(made.main.on, "106番 2名");
  void made.pressMain();
  assert.equal(sent.length, 1);
});

test("a promised pause is kept when the talk is over", async (t) => {
  const { station: made, sent, change } = station(t, { waiting: [SERVING, { id: 105 }], row: { ticket: 101 } });
  made.pressSide("pause");
  assert.equal(made.main.key, "finish");
  change({ tickets: [{ ...made.board.tickets.get(101), state: "finished" }], booths: [ROW] });
  assert.deepEqual(sent.map(({ name, args }) => [name, args]), [["pause-booth", { booth: 7 }]]);
  assert.equal(made.thenPause, false);
});

test("a choice is given up when it is no longer possible", (t) => {
  const { station: made, change } = station(t, { waiting: [{ id: 105 }] });
  made.digit("1");
  assert.deepEqual([made.view, made.typed], ["choose", "1"]);
  change({ tickets: [{ ...made.board.tickets.get(105), state: "called", booth: 7 }], booths: [{ ...ROW, ticket: 105 }] });
  assert.deepEqual([made.view, made.typed], ["home", ""]);
});

test("leading elsewhere needs a queue before there is anything to press", (t) => {
  const { station: made, sent, change } = station(t, { waiting: [{ id: 105 }] });
  made.pressSide("transfer");
  assert.equal(made.main, null);
  made.aim("kitahiroshima");
  assert.equal(made.main, null);
  made.aim("ebetsu");
  assert.deepEqual(made.main.args, { ticket: 105, queue: "ebetsu" });
  change({ tickets: [{ ...made.board.tickets.get(105), state: "called", booth: 8 }] });
  assert.equal(made.view, "home");
  assert.equal(sent.length, 0);
});

test("stale knowledge leaves nothing to call", (t) => {
  const { station: made } = station(t, { waiting: [{ id: 105 }] });
  made.see(null, false);
  assert.equal(made.main, null);
  assert.deepEqual(made.sides, []);
});

test("what was done here can be taken back on every device of the booth", (t) => {
  const { station: made, offered, change } = station(t, { waiting: [{ id: 105 }] });
  const called = { ...made.board.tickets.get(105), state: "called", booth: 7 };
  change({ kind: "called", tickets: [called], booths: [{ ...ROW, ticket: 105 }] });
  change({ kind: "called", tickets: [{ ...called, id: 9, booth: 8 }], booths: [{ ...ROW, id: 8, ticket: 9 }] });
  assert.deepEqual(offered, ["105番を呼びました"]);
});

test("every deed of a booth has its sentence; what cannot be taken back has none", () => {
  const ticket = { id: 1, number: "105", state: "waiting", queue: "ebetsu" };
  const say = (kind, tickets = [ticket], booths = [ROW]) =>
    deed({ kind, tickets, booths }, 7, (id) => FAIR.queues.find((queue) => queue.id === id).short);
  assert.equal(say("called", [{ ...ticket, number: "101", state: "finished" }, ticket]), "101番を終了し、105番を呼びました");
  assert.equal(say("transferred"), "105番を江別市へ案内しました");
  assert.equal(say("booth_assigned"), "北広島市の相談に使います");
  assert.equal(say("booth_assigned", [], [{ ...ROW, queue: null }]), "予備に戻しました");
  for (const kind of ["recalled", "started", "finished", "marked_absent", "held", "restored", "booth_paused", "booth_opened", "booth_closed"]) {
    assert.match(say(kind), /しました|始めました|終えました|呼びました/, kind);
  }
  assert.equal(say("undone"), null);
  assert.equal(say("called", [ticket], [{ ...ROW, id: 8 }]), null);
});
