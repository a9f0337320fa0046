import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Wishes } from "../../handhelds/form/wishes.js";

const RESERVATION = { wishes: 2, slots: [100, 200, 300], capacity: { otaru: 1, ebetsu: 2, bus: 0 } };

let wishes;

beforeEach(() => {
  wishes = new Wishes(RESERVATION);
});

function make(queue, slot) {
  if (wishes.open === null) wishes.begin(wishes.made.length);
  wishes.chooseQueue(queue);
  wishes.chooseSlot(slot);
}

test("a wish is a queue, then its time", () => {
  assert.equal(wishes.open, 0);
  wishes.chooseSlot(100);
  assert.deepEqual(wishes.made, [], "no time without a queue");
  wishes.chooseQueue("otaru");
  assert.deepEqual(wishes.made, [], "no wish without a time");
  wishes.chooseSlot(100);
  assert.deepEqual(wishes.made, [{ queue: "otaru", slot: 100 }]);
  assert.equal(wishes.open, null);
});

test("no queue and no time twice", () => {
  make("otaru", 100);
  wishes.begin(1);
  assert.equal(wishes.queueClosed("otaru"), "taken");
  make("ebetsu", 100);
  assert.equal(wishes.slotClosed("ebetsu", 100), "taken");
  assert.equal(wishes.made.length, 1);
  wishes.chooseSlot(200);
  assert.deepEqual(wishes.made[1], { queue: "ebetsu", slot: 200 });
  assert.equal(wishes.more, false);
});

test("a wish that is made again may keep its own queue and time", () => {
  make("otaru", 100);
  make("ebetsu", 200);
  wishes.begin(0);
  assert.equal(wishes.queue, "otaru");
  assert.equal(wishes.slotClosed("otaru", 100), null);
  assert.equal(wishes.slotClosed("otaru", 200), "taken");
  wishes.otherQueue();
  assert.equal(wishes.queueClosed("otaru"), null);
  wishes.leave();
  assert.deepEqual(wishes.made[0], { queue: "otaru", slot: 100 }, "left alone, it stays as it was");
});

test("what takes no reservations or is full cannot be chosen", () => {
  wishes.places = { otaru: { 100: 0, 200: 1, 300: 0 }, ebetsu: { 100: 0, 200: 0, 300: 0 } };
  assert.equal(wishes.queueClosed("bus"), "none");
  assert.equal(wishes.queueClosed("ebetsu"), "full");
  assert.equal(wishes.queueClosed("unheard-of"), "none");
  make("otaru", 100);
  assert.deepEqual(wishes.made, []);
  assert.equal(wishes.slotClosed("otaru", 300), "full");
  wishes.chooseSlot(200);
  assert.equal(wishes.made.length, 1);
});

test("places that are not known yet close nothing: the server decides", () => {
  assert.equal(wishes.left("otaru", 100), null);
  assert.equal(wishes.queueClosed("otaru"), null);
});

test("a wish is dropped and the next moves up; without any, one is asked for again", () => {
  make("otaru", 100);
  make("ebetsu", 200);
  wishes.drop(0);
  assert.deepEqual(wishes.made, [{ queue: "ebetsu", slot: 200 }]);
  assert.equal(wishes.open, null);
  wishes.drop(0);
  assert.equal(wishes.open, 0);
});

test("wishes of a reservation stand there already and are not changed from outside", () => {
  const made = [{ queue: "otaru", slot: 100 }];
  wishes = new Wishes(RESERVATION, made);
  assert.equal(wishes.open, null);
  make("ebetsu", 300);
  assert.equal(made.length, 1);
});
