import assert from "node:assert/strict";
import { test } from "node:test";
import { booth } from "./booth.js";

const { PATIENCE_MS, Press, REFUSAL_MS, REST_MS } = await booth("press.js");

const ACT = { key: "call-next", command: "call-next", args: { booth: 7 }, label: ["次の方を呼ぶ"], on: "" };

/** A press whose answers the test gives. */
function pressed(t) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const sent = [];
  const press = new Press((act) => new Promise((answer, refuse) => sent.push({ act, answer, refuse })), () => {});
  return { press, sent, pass: (ms) => t.mock.timers.tick(ms) };
}

test("a double tap sends once, and does not press what has taken the place", async (t) => {
  const { press, sent, pass } = pressed(t);
  const first = press.act(ACT);
  assert.equal(await press.act(ACT), false);
  sent[0].answer({ epoch: 1, offset: 5 });
  assert.equal(await first, true);
  press.heard({ epoch: 1, offset: 5 });
  pass(REST_MS - 1);
  assert.equal(await press.act(ACT), false);
  pass(1);
  assert.equal(press.busy, false);
  void press.act(ACT);
  assert.equal(sent.length, 2);
});

test("the next press waits until the board shows the last one", async (t) => {
  const { press, sent, pass } = pressed(t);
  const first = press.act(ACT);
  sent[0].answer({ epoch: 1, offset: 5 });
  await first;
  pass(REST_MS);
  press.heard({ epoch: 1, offset: 4 });
  assert.equal(press.busy, true);
  press.heard(null);
  assert.equal(press.busy, false, "a board that is not up to date is not waited for");
  press.heard({ epoch: 1, offset: 4 });
  press.heard({ epoch: 2, offset: 1 });
  assert.equal(press.busy, false, "nor one of another epoch");
});

test("the board may show it before the answer is here", async (t) => {
  const { press, sent, pass } = pressed(t);
  const first = press.act(ACT);
  press.heard({ epoch: 1, offset: 5 });
  sent[0].answer({ epoch: 1, offset: 5 });
  await first;
  pass(REST_MS);
  assert.equal(press.busy, false);
});

test("what is not answered for a while is told with its seconds", async (t) => {
  const { press, sent, pass } = pressed(t);
  const first = press.act(ACT);
  assert.equal(press.waitingSeconds, null);
  pass(PATIENCE_MS);
  assert.equal(press.waitingSeconds, 0);
  pass(14_000);
  assert.equal(press.waitingSeconds, 14);
  sent[0].answer({ epoch: 1, offset: 5 });
  await first;
  assert.equal(press.waitingSeconds, null);
});

test("a refusal is told in the server's words until the next press, or for a while", async (t) => {
  const { press, sent, pass } = pressed(t);
  const first = press.act(ACT);
  sent[0].refuse({ ja: "いまお呼びできる方はいません。", en: "Nobody." });
  assert.equal(await first, false);
  assert.equal(press.failed.ja, "いまお呼びできる方はいません。");
  pass(REST_MS);
  void press.act(ACT);
  assert.equal(press.failed, null);
  sent[1].refuse({ ja: "もう一度", en: "Again" });
  await new Promise(setImmediate);
  assert.equal(press.failed.ja, "もう一度");
  pass(REFUSAL_MS);
  assert.equal(press.failed, null);
});

test("what the page does by itself need not rest, but never overtakes what is on its way", async (t) => {
  const { press, sent } = pressed(t);
  const first = press.act(ACT);
  assert.equal(await press.act(ACT, { rested: true }), false);
  sent[0].answer({ epoch: 1, offset: 5 });
  await first;
  void press.act(ACT, { rested: true });
  assert.equal(sent.length, 2);
});
