// The stage told what is called and what time it is: who is shown large, where, for how long, and who is announced.
import assert from "node:assert/strict";
import { test } from "node:test";

import { STRIP_PER_SLOT } from "../../displays/calls/fold.js";
import { QUIET_MS, Stage, TURN_MS } from "../../displays/calls/stage.js";
import { CalledHall } from "./called-hall.js";

/** Calls on the calls screen. */
class Hall extends CalledHall {
  constructor() {
    super(new Stage());
  }

  /** What stands in each slot: offsets, 0 where a slot is free. */
  get slots() {
    const slots = [];
    for (const { call, slot } of this.shown.plates(this.now)) slots[slot] = call.offset;
    return Array.from(slots, (offset) => offset ?? 0);
  }

  get strip() {
    return this.shown.strip.map((call) => call.offset);
  }

  get blinking() {
    return this.shown.plates(this.now).flatMap(({ call, blinking }) => (blinking ? [call.offset] : []));
  }
}

/** @param {number} from @param {number} to */
const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

test("a first call takes the card, blinks for three seconds and is announced once", () => {
  const hall = new Hall().call(5);
  assert.equal(hall.shown.layout, "card");
  assert.deepEqual(hall.slots, [5]);
  assert.deepEqual(hall.blinking, [5]);
  hall.pass(3000);
  assert.deepEqual(hall.blinking, []);
  hall.pass(60_000);
  assert.deepEqual(hall.slots, [5]);
  assert.deepEqual(hall.announced, [5]);
});

test("a new call takes the card only after the old one has had it for eight seconds", () => {
  const hall = new Hall().call(1).pass(TURN_MS).call(2);
  assert.equal(hall.shown.layout, "card");
  assert.deepEqual(hall.slots, [2]);
});

test("within the eight seconds the page splits, newest first", () => {
  const hall = new Hall().call(1).pass(TURN_MS - 1).call(2);
  assert.equal(hall.shown.layout, "two");
  assert.deepEqual(hall.slots, [2, 1]);
});

test("in a split a new call takes a free slot, or that of the oldest that had its turn, and nobody else moves", () => {
  const hall = new Hall().call(1).pass(3000).call(2).pass(5000).call(3);
  assert.equal(hall.shown.layout, "two");
  assert.deepEqual(hall.slots, [2, 3]);
  hall.close(2).call(4);
  assert.deepEqual(hall.slots, [4, 3]);
});

test("two become three, three become plates; the page arranges anew only then", () => {
  const hall = new Hall().call(1).call(2).call(3);
  assert.equal(hall.shown.layout, "three");
  assert.deepEqual(hall.slots, [3, 2, 1]);
  hall.call(4);
  assert.equal(hall.shown.layout, "plates");
  assert.deepEqual(hall.slots, [4, 3, 2, 1]);
  hall.call(5, 6);
  assert.deepEqual(hall.slots, [4, 3, 2, 1, 5, 6]);
});

test("a page of plates hides list and grid, so its free slots show the open calls of before", () => {
  const hall = new Hall().call(1).pass(30_000).call(2).pass(30_000).call(3, 4, 5, 6);
  assert.equal(hall.shown.layout, "plates");
  assert.deepEqual(hall.slots, [6, 5, 4, 3, 2, 1]);
  assert.deepEqual(hall.blinking, [3, 4, 5, 6]);
});

test("twelve seconds after the last call the page returns to the card with the newest open call", () => {
  const hall = new Hall().call(1, 2, 3, 4, 5).pass(QUIET_MS - 1);
  assert.equal(hall.shown.layout, "plates");
  hall.pass(1);
  assert.equal(hall.shown.layout, "card");
  assert.deepEqual(hall.slots, [5]);
  assert.deepEqual(hall.announced, [1, 2, 3, 4, 5]);
});

test("a page whose plates are all answered returns at once", () => {
  const hall = new Hall().call(1, 2, 3).close(1, 2, 3);
  assert.equal(hall.shown.layout, "card");
  assert.deepEqual(hall.slots, []);
});

test("the ninth takes the slot of the oldest that had its turn, and what yields stays in sight", () => {
  const hall = new Hall().call(1, 2, 3, 4, 5, 6, 7, 8).pass(TURN_MS).call(9);
  const plates = hall.slots;
  assert.equal(plates[7], undefined, "the last slot is folded into the strip");
  assert.deepEqual(plates.slice(0, 7), [8, 7, 6, 5, 4, 3, 9]);
  assert.deepEqual(hall.strip, [1, 2]);
});

test("nine calls within one turn: the ninth waits in the strip and is announced when it gets its plate", () => {
  const hall = new Hall();
  for (const offset of range(1, 9)) hall.call(offset).pass(500);
  assert.equal(hall.shown.folded, 1);
  assert.deepEqual(hall.strip, [8, 9]);
  assert.deepEqual(hall.announced, range(1, 8));
  hall.pass(TURN_MS);
  assert.deepEqual(hall.announced, range(1, 9));
});

test("thirty calls in one second: all in sight at once, each has a plate for a full turn, each is announced once, in order", () => {
  const hall = new Hall();
  const shown = new Map();
  const look = (ms) => {
    for (const offset of hall.slots.filter(Boolean)) shown.set(offset, (shown.get(offset) ?? 0) + ms);
    hall.pass(ms);
  };
  for (const offset of range(1, 30)) {
    hall.call(offset);
    assert.deepEqual([...hall.slots, ...hall.strip].filter(Boolean).sort((a, b) => a - b), range(1, offset), "nobody out of sight");
    look(33);
  }
  assert.equal(hall.shown.folded, 2);
  assert.equal(hall.slots.filter(Boolean).length, 6);
  assert.equal(hall.strip.length, 2 * STRIP_PER_SLOT);
  while (hall.shown.layout !== "card") look(100);
  assert.ok(hall.now < 60_000, "all is over within a minute");
  assert.deepEqual(hall.announced, range(1, 30));
  assert.equal(shown.size, 30);
  for (const [offset, ms] of shown) assert.ok(ms >= TURN_MS - 100, `call ${offset} was shown for ${ms} ms`);
  assert.deepEqual(hall.slots, [30]);
});

test("thirty calls in one instant: the same", () => {
  const hall = new Hall().call(...range(1, 30));
  assert.deepEqual(hall.slots, [6, 5, 4, 3, 2, 1]);
  assert.deepEqual(hall.strip, range(7, 30));
  hall.pass(4 * TURN_MS);
  assert.deepEqual(hall.announced, range(1, 30));
});

test("in a burst nobody waits for a slot that an answered call leaves", () => {
  const hall = new Hall().call(...range(1, 30));
  for (const offset of range(1, 30)) {
    hall.close(offset);
    assert.equal(hall.slots.includes(offset), false);
  }
  assert.deepEqual(hall.announced, range(1, 30));
  assert.equal(hall.shown.layout, "card");
});

test("a plate never moves while it is lit, except into the strip", () => {
  const hall = new Hall();
  let seed = 7;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  let offset = 0;
  const recalls = new Set();
  let before = new Map();
  let layout = hall.shown.layout;
  for (let step = 0; step < 1500; step += 1) {
    const dice = random();
    if (dice < 0.35) hall.call((offset += 1));
    else if (dice < 0.62 && hall.open.size) hall.close([...hall.open.keys()][Math.floor(random() * hall.open.size)]);
    else if (dice < 0.65 && hall.open.size) {
      recalls.add((offset += 1));
      hall.recall([...hall.open.keys()][0], offset);
    }
    else hall.pass(Math.floor(random() * 4000));
    const places = new Map(hall.shown.plates(hall.now).map(({ call, slot }) => [call.offset, slot]));
    assert.equal(new Set(places.values()).size, places.size, "two calls in one slot");
    if (hall.shown.layout === layout) {
      for (const [call, slot] of places) if (before.has(call)) assert.equal(slot, before.get(call), "a plate moved");
    }
    for (const call of places.keys()) assert.ok(hall.open.has(call), "a lamp without a call");
    if (places.size === 0) assert.equal(hall.open.size, 0, "calls are open and nothing is shown");
    [before, layout] = [places, hall.shown.layout];
  }
  assert.equal(new Set(hall.announced).size, hall.announced.length, "announced twice");
  const calls = hall.announced.filter((news) => !recalls.has(news));
  assert.deepEqual(calls, [...calls].sort((a, b) => a - b), "announced out of order");
});

test("a recall stays in its slot, blinks again and is announced", () => {
  const hall = new Hall().call(1).call(2).pass(5000).recall(1, 9);
  assert.deepEqual(hall.slots, [2, 1]);
  assert.deepEqual(hall.blinking, [1]);
  assert.deepEqual(hall.announced, [1, 2, 9]);
  hall.pass(QUIET_MS - 1);
  assert.equal(hall.shown.layout, "two", "a recall keeps the page as a call does");
});

test("a recall of a call in the list blinks there and leaves the card alone", () => {
  const hall = new Hall().call(1).pass(20_000).call(2).pass(20_000).recall(1, 9);
  assert.deepEqual(hall.slots, [2]);
  assert.equal(hall.shown.blinking(1, hall.now), true);
  assert.deepEqual(hall.announced, [1, 2, 9]);
});

test("a recall behind a page of plates gets a plate", () => {
  const hall = new Hall().call(...range(1, 8)).pass(TURN_MS).call(9).pass(TURN_MS).recall(1, 20);
  assert.ok(hall.slots.includes(1));
  assert.deepEqual(hall.announced, [...range(1, 9), 20]);
});

test("what was open before the page was loaded is shown without blinking and without a sound", () => {
  const hall = new Hall().late(1, 2, 3);
  assert.equal(hall.shown.layout, "card");
  assert.deepEqual(hall.slots, [3]);
  assert.deepEqual(hall.blinking, []);
  assert.deepEqual(hall.announced, []);
  hall.call(4);
  assert.deepEqual(hall.slots, [4], "it takes the card at once");
});

test("a call that was undone leaves at once; taken up again by an undo it makes no sound", () => {
  const hall = new Hall().call(1).pass(1000).call(2);
  hall.close(2);
  assert.deepEqual(hall.slots.filter(Boolean), [1]);
  hall.call(2);
  assert.deepEqual(hall.announced, [1, 2]);
});

test("the card goes to the newest call that is still open", () => {
  const hall = new Hall().call(1).pass(20_000).call(2).pass(20_000).close(2);
  assert.deepEqual(hall.slots, [1]);
  assert.deepEqual(hall.blinking, []);
});

test("a page that does not know calls nobody, and returns to card, list and grid", () => {
  const hall = new Hall().call(...range(1, 12)).show(false);
  hall.now += QUIET_MS;
  hall.show(false);
  assert.equal(hall.shown.layout, "card");
  assert.deepEqual(hall.announced, range(1, 7));
  hall.show(true);
  assert.deepEqual(hall.announced, range(1, 12));
});

test("nothing is due by time alone when nothing has happened", () => {
  assert.equal(new Stage().nextChange(0), null);
  const hall = new Hall().call(1).pass(60_000);
  assert.equal(hall.shown.nextChange(hall.now), null);
});
