import assert from "node:assert/strict";
import { test } from "node:test";
import { Choice } from "../../handhelds/reception/choice.js";

const ROWS = new Map([["otaru", { issuing: true }], ["ebetsu", { issuing: true }], ["bus", { issuing: false }]]);
const missing = (choice) => choice.missing(ROWS, (queue) => queue);

/** A choice that has been made. */
function chosen(size, ...queues) {
  const choice = new Choice(2);
  choice.size = size;
  for (const queue of queues) choice.toggle(queue);
  return choice;
}

test("it says what is missing until nothing is", () => {
  assert.equal(missing(chosen(null)), "人数と相談先を選んでください");
  assert.equal(missing(chosen(2)), "相談先を選んでください");
  assert.equal(missing(chosen(null, "otaru")), "人数を選んでください");
  assert.equal(missing(chosen(2, "otaru")), null);
});

test("a queue that stopped after it was chosen is named", () => {
  assert.equal(missing(chosen(2, "otaru", "bus")), "busは受付停止です。外してください");
  assert.equal(missing(chosen(null, "bus")), "busは受付停止です。外してください");
});

test("a second touch lets go, and beyond the limit nothing changes", () => {
  const choice = chosen(1, "otaru", "ebetsu", "bus");
  assert.deepEqual([...choice.queues], ["otaru", "ebetsu"]);
  assert.ok(choice.full);
  choice.toggle("otaru");
  choice.toggle("bus");
  assert.deepEqual([...choice.queues], ["ebetsu", "bus"]);
});

test("cleared, it is as it was in the beginning", () => {
  const choice = chosen(3, "otaru");
  choice.clear();
  assert.deepEqual([choice.size, choice.queues.size], [null, 0]);
});
