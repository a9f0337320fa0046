import assert from "node:assert/strict";
import { test } from "node:test";
import { client } from "./pages.js";

const { Backoff } = await client("backoff.js");
const { Silence } = await client("silence.js");
const { closing, problemOf } = await client("closing.js");

test("waits double from a quarter of a second to eight seconds, and start anew", () => {
  const backoff = new Backoff(() => 1);
  const waits = Array.from({ length: 8 }, () => backoff.next());
  assert.deepEqual(waits, [250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
  backoff.reset();
  assert.equal(backoff.next(), 250);
});

test("a wait is any part of its limit, so pages do not come back together", () => {
  const backoff = new Backoff();
  const first = Array.from({ length: 200 }, () => (backoff.reset(), backoff.next()));
  assert.ok(first.every((wait) => wait >= 0 && wait < 250));
  assert.ok(Math.min(...first) < 60 && Math.max(...first) > 190);
});

test("silence is the longer of what two clocks say", () => {
  let [monotonic, wall] = [1000, 50_000];
  const silence = new Silence(() => monotonic, () => wall);
  monotonic += 400;
  assert.equal(silence.ms, 400);
  wall += 9000; // the machine slept: its monotonic clock stood still
  assert.equal(silence.ms, 9000);
  silence.end();
  wall -= 3_600_000; // the wall clock was set back
  monotonic += 12_000;
  assert.equal(silence.ms, 12_000);
});

test("close codes say whether to come back", () => {
  for (const code of [1000, 1001, 1005, 1006, 1012, 4000, 4001, 4003, 4004, 4499]) assert.equal(closing(code), "return", String(code));
  assert.equal(closing(4002), "forget");
  assert.equal(closing(4005), "now");
  for (const code of [4500, 4501, 4502, 4503, 4999]) assert.equal(closing(code), "stop", String(code));
});

test("every refusal has its sentences", () => {
  for (const code of [4500, 4501, 4502, 4503, 4999]) {
    const { ja, en } = problemOf(code);
    assert.match(ja, /。$/);
    assert.match(en, /\.$/);
  }
});
