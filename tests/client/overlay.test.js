// Calls over the video, told what is called and what time it is.
import assert from "node:assert/strict";
import { test } from "node:test";

import { BLINK_MS } from "../../displays/announce.js";
import { LEAST_MS, Overlay, SHOWN_MS } from "../../displays/overlay.js";
import { CalledHall } from "./called-hall.js";

/** Calls over a video. */
class Hall extends CalledHall {
  constructor() {
    super(new Overlay());
  }

  /** What covers the lower and the upper half; 0: the video is seen. */
  get halves() {
    const halves = [0, 0];
    for (const { call, half } of this.shown.laid(this.now)) halves[half] = call.offset;
    return halves;
  }
}

test("a call covers the lower half at once, for ten seconds, and blinks for three", () => {
  const hall = new Hall().call(1);
  assert.deepEqual(hall.halves, [1, 0]);
  assert.deepEqual(hall.announced, [1]);
  assert.equal(hall.shown.laid(0)[0].blinking, true);
  assert.equal(hall.shown.laid(BLINK_MS)[0].blinking, false);
  assert.deepEqual(hall.pass(SHOWN_MS - 1).halves, [1, 0]);
  assert.deepEqual(hall.pass(1).halves, [0, 0]);
  assert.deepEqual(hall.announced, [1], "it is still called, and no news");
});

test("a second call takes the upper half, and nothing that is shown moves", () => {
  const hall = new Hall().call(1).pass(3000).call(2);
  assert.deepEqual(hall.halves, [1, 2]);
  assert.deepEqual(hall.pass(SHOWN_MS - 3000).halves, [0, 2]);
  assert.deepEqual(hall.call(3).halves, [3, 2]);
});

test("eight at once are all shown, two at a time, each for four seconds, the last for ten", () => {
  const hall = new Hall().call(1, 2, 3, 4, 5, 6, 7, 8);
  const seen = [];
  for (let turn = 0; turn < 4; turn += 1) {
    seen.push([...hall.halves]);
    hall.pass(turn < 3 ? LEAST_MS : 0);
  }
  assert.deepEqual(seen, [[1, 2], [3, 4], [5, 6], [7, 8]]);
  assert.deepEqual(hall.announced, [1, 2, 3, 4, 5, 6, 7, 8]);
  assert.deepEqual(hall.pass(SHOWN_MS - 1).halves, [7, 8]);
  assert.deepEqual(hall.pass(1).halves, [0, 0]);
  assert.equal(hall.shown.nextChange(hall.now), Infinity);
});

test("who sits down leaves the screen at once, and the next one takes the place", () => {
  const hall = new Hall().call(1, 2, 3);
  assert.deepEqual(hall.halves, [1, 2]);
  assert.deepEqual(hall.close(2).halves, [1, 3]);
  assert.deepEqual(hall.close(1, 3).halves, [0, 0]);
});

test("a recall begins anew, on the screen and off it", () => {
  const hall = new Hall().call(1).pass(9000).recall(1, 2);
  assert.deepEqual(hall.pass(9000).halves, [1, 0]);
  assert.deepEqual(hall.pass(1000).halves, [0, 0]);
  assert.deepEqual(hall.recall(1, 3).halves, [1, 0]);
  assert.deepEqual(hall.announced, [1, 2, 3]);
});

test("what was called before, or is called again by an undo, is no news", () => {
  const hall = new Hall().late(5);
  assert.deepEqual(hall.halves, [0, 0]);
  hall.call(7).close(7);
  assert.deepEqual(hall.call(7).halves, [0, 0]);
  assert.deepEqual(hall.announced, [7]);
});

test("a page that does not know shows nothing new", () => {
  const hall = new Hall();
  hall.open.set(1, { offset: 1, ticket: 1, recalls: 0, news: 1, late: false });
  assert.deepEqual(hall.show(false).halves, [0, 0]);
  assert.deepEqual(hall.show().halves, [1, 0]);
});
