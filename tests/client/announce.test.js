// What rings: everything once, in order, and one chime for those that come together.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Announcer, SHARED_MS } from "../../displays/announce.js";

test("calls of one moment are announced together, in the order of their offsets", () => {
  assert.deepEqual(new Announcer().announce([7, 5, 6], 0), { offsets: [5, 6, 7], rings: true });
});

test("calls within two seconds share the chime that has begun; the next one rings anew", () => {
  const announcer = new Announcer();
  assert.equal(announcer.announce([1], 0)?.rings, true);
  assert.equal(announcer.announce([2], SHARED_MS - 1)?.rings, false);
  assert.equal(announcer.announce([3], SHARED_MS)?.rings, true);
});

test("nothing is announced twice", () => {
  const announcer = new Announcer();
  announcer.announce([1, 2], 0);
  assert.equal(announcer.announce([2], 10_000), null);
  assert.deepEqual(announcer.announce([2, 3, 3], 20_000), { offsets: [3], rings: true });
});

test("nothing to announce rings nothing", () => {
  assert.equal(new Announcer().announce([], 0), null);
});
