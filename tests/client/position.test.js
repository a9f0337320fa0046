import assert from "node:assert/strict";
import { test } from "node:test";
import { client } from "./pages.js";

const { judge, reached } = await client("position.js");

const mine = { epoch: 7, offset: 41 };

for (const [event, verdict] of [
  [{ epoch: 7, offset: 42 }, "apply"],
  [{ epoch: 7, offset: 41 }, "ignore"],
  [{ epoch: 7, offset: 1 }, "ignore"],
  [{ epoch: 7, offset: 43 }, "gap"],
  [{ epoch: 8, offset: 42 }, "foreign"],
  [{ epoch: 6, offset: 1 }, "foreign"],
]) {
  test(`at 7/41 an event ${event.epoch}/${event.offset}: ${verdict}`, () => assert.equal(judge(mine, event), verdict));
}

test("a page that knows nothing can apply nothing", () => {
  assert.equal(judge(null, { epoch: 7, offset: 1 }), "foreign");
});

test("a named position is reached in the same epoch only", () => {
  assert.equal(reached(mine, { epoch: 7, offset: 41 }), true);
  assert.equal(reached(mine, { epoch: 7, offset: 42 }), false);
  assert.equal(reached(mine, { epoch: 6, offset: 1 }), false);
  assert.equal(reached(null, { epoch: 7, offset: 0 }), false);
});
