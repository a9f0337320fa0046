import assert from "node:assert/strict";
import { test } from "node:test";
import { MAIN, SPARE, WHEN, board, booth, nameOf } from "./booth.js";

const { apartAct, mainAct, plainAct, restReason, sideActs, situation } = await booth("act.js");

const WAITS = [{ id: 105 }, { id: 109, size: 1 }];
const CALLED = { id: 101, state: "called", booth: 7, active: 101 };
const SERVING = { id: 101, state: "serving", booth: 7, active: 101 };

/** The big button: [key, command, arguments, whom]. */
function big(now, { live = true, thenPause = false } = {}) {
  const act = mainAct(now, { live, thenPause, nameOf });
  return act && [act.key, act.command, act.args, act.on];
}

test("the big button is always the most likely next act", () => {
  const stands = (given) => situation(board(given), MAIN, WHEN);
  const cases = [
    [{ waiting: WAITS }, ["call-next", "call-next", { booth: 7 }, "105番 2名"]],
    [{ waiting: [CALLED, ...WAITS], row: { ticket: 101 } }, ["start", "start", { booth: 7 }, "101番 2名"]],
    [
      { waiting: [SERVING, ...WAITS], row: { ticket: 101 } },
      ["finish-call-next", "call-next", { booth: 7, finish: true }, "105番 2名"],
    ],
    [{ waiting: [SERVING], row: { ticket: 101 } }, ["finish", "finish", { booth: 7 }, "101番 2名"]],
    [{ waiting: WAITS, row: { state: "paused" } }, ["open", "open-booth", { booth: 7 }, ""]],
    [{ waiting: WAITS, row: { state: "closed" } }, ["open", "open-booth", { booth: 7 }, ""]],
    [{}, null],
  ];
  for (const [given, expected] of cases) assert.deepEqual(big(stands(given)), expected);
});

test("a spare is offered to its home queue", () => {
  const now = situation(board({ others: [{ id: 20, queue: null, state: "open", ticket: null, since: 0, rev: 1 }] }), SPARE, WHEN);
  assert.equal(now.state, "spare");
  assert.deepEqual(big(now), ["assign", "assign-booth", { booth: 20, queue: "kitahiroshima" }, "20番ブース"]);
  assert.deepEqual(sideActs(now, null, true), ["assign"]);
});

test("a party that is at another booth is passed over", () => {
  const now = situation(board({ waiting: [{ id: 105, active: 9 }, { id: 109 }] }), MAIN, WHEN);
  assert.equal(big(now)[3], "109番 2名");
  const none = situation(board({ waiting: [{ id: 105, active: 9 }] }), MAIN, WHEN);
  assert.equal(big(none), null);
  assert.equal(restReason(none, true).detail, "他ブース相談中 1組");
});

test("when nobody can be called, the talk that goes on can still be ended", () => {
  const now = situation(board({ waiting: [SERVING, { id: 105, active: 9 }], row: { ticket: 101 } }), MAIN, WHEN);
  const main = mainAct(now, { live: true, thenPause: false, nameOf });
  assert.equal(main.key, "finish");
  assert.deepEqual(sideActs(now, main, true), ["choose", "transfer"]);
});

test("a page that does not know may not call, but may go on with whom it has", () => {
  const idle = situation(board({ waiting: WAITS }), MAIN, WHEN);
  assert.equal(big(idle, { live: false }), null);
  assert.deepEqual(sideActs(idle, null, false), []);
  assert.equal(restReason(idle, false).title, "いまは呼べません");
  const serving = situation(board({ waiting: [SERVING, ...WAITS], row: { ticket: 101 } }), MAIN, WHEN);
  assert.equal(big(serving, { live: false })[0], "finish");
  const called = situation(board({ waiting: [CALLED, ...WAITS], row: { ticket: 101 } }), MAIN, WHEN);
  assert.equal(big(called, { live: false })[0], "start");
  assert.deepEqual(sideActs(called, null, false), ["absent", "hold"]);
  for (const now of [idle, called, serving]) assert.equal(apartAct(now, false), null);
});

test("a promised pause ends the talk and calls nobody", () => {
  const now = situation(board({ waiting: [SERVING, ...WAITS], row: { ticket: 101 } }), MAIN, WHEN);
  assert.equal(big(now, { thenPause: true })[0], "finish");
});

test("what stands beside the big button", () => {
  const acts = (given, live = true) => {
    const now = situation(board(given), MAIN, WHEN);
    return sideActs(now, mainAct(now, { live, thenPause: false, nameOf }), live);
  };
  assert.deepEqual(acts({ waiting: WAITS }), ["choose", "transfer"]);
  assert.deepEqual(acts({}), []);
  assert.deepEqual(acts({ waiting: [{ id: 84, state: "absent", away_at: 1 }] }), ["choose", "transfer"]);
  assert.deepEqual(acts({ waiting: [CALLED], row: { ticket: 101 } }), ["recall", "absent", "hold", "transfer"]);
  assert.deepEqual(acts({ waiting: [SERVING, ...WAITS], row: { ticket: 101 } }), ["finish", "choose", "transfer"]);
  assert.deepEqual(acts({ waiting: WAITS, row: { state: "paused" } }), []);
});

test("a spare in use can go back", () => {
  const others = [{ id: 20, queue: "kitahiroshima", state: "open", ticket: null, since: 0, rev: 1 }];
  const now = situation(board({ waiting: WAITS, others }), SPARE, WHEN);
  assert.deepEqual(sideActs(now, null, true), ["choose", "transfer", "give-back"]);
  assert.deepEqual(plainAct("give-back", now).args, { booth: 20, queue: null });
  assert.equal(plainAct("give-back", situation(board({ waiting: WAITS }), MAIN, WHEN)), null);
});

test("a plain act needs its state", () => {
  const idle = situation(board({ waiting: WAITS }), MAIN, WHEN);
  const called = situation(board({ waiting: [CALLED], row: { ticket: 101 } }), MAIN, WHEN);
  for (const name of ["recall", "absent", "hold", "finish", "close"]) assert.equal(plainAct(name, idle), null, name);
  assert.deepEqual(plainAct("pause", idle).args, { booth: 7 });
  assert.equal(plainAct("pause", called), null);
  assert.deepEqual(plainAct("recall", called).args, { booth: 7 });
  assert.deepEqual(plainAct("hold", called).args, { ticket: 101 });
});

test("apart at the top: pause while it works, close while it pauses", () => {
  assert.equal(apartAct(situation(board({ waiting: WAITS }), MAIN, WHEN), true), "pause");
  assert.equal(apartAct(situation(board({ waiting: [CALLED], row: { ticket: 101 } }), MAIN, WHEN), true), "pause");
  assert.equal(apartAct(situation(board({ row: { state: "paused" } }), MAIN, WHEN), true), "close");
  assert.equal(apartAct(situation(board({ row: { state: "closed" } }), MAIN, WHEN), true), null);
});

test("more than two need chairs", () => {
  const now = situation(board({ waiting: [{ ...CALLED, size: 4 }, { id: 105, size: 3 }], row: { ticket: 101 } }), MAIN, WHEN);
  assert.deepEqual([now.chairs, now.next.chairs], [2, 1]);
});
