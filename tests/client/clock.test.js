import assert from "node:assert/strict";
import { test } from "node:test";
import { client } from "./pages.js";

const { Clock, SIGNALS, formatElapsed, formatSeconds, formatTime, minutes } = await client("clock.js");

/** A clock on a machine whose own time is set by hand. */
function hand() {
  const machine = { ms: 0 };
  return { machine, clock: new Clock(() => machine.ms) };
}

test("the signal with the least delay counts", () => {
  const { machine, clock } = hand();
  for (const delay of [80, 5, 300]) {
    machine.ms += 3000;
    clock.hear(1_000_000 + machine.ms - delay);
  }
  assert.equal(clock.realNow(), 1_000_000 + machine.ms - 5);
});

test("a signal of long ago no longer counts, and the display waits rather than run backwards", () => {
  const { machine, clock } = hand();
  clock.hear(1_000_500);
  const first = clock.now();
  for (let i = 0; i < SIGNALS; i += 1) clock.hear(1_000_000);
  assert.equal(clock.realNow(), 1_000_000);
  assert.equal(clock.now(), first);
  machine.ms += 700;
  assert.equal(clock.now(), 1_000_700);
});

test("a demonstration fair lives at its own speed from its own hour", () => {
  const { machine, clock } = hand();
  clock.hear(5_000_000);
  clock.row = { id: 0, real: 5_000_000, fair: 77_000_000, rate: 60, rev: 1 };
  machine.ms += 2000;
  assert.equal(clock.now(), 77_120_000);
  assert.equal(clock.realNow(), 5_002_000);
});

test("a clock that is set anew may start earlier, the same row again may not", () => {
  const { clock } = hand();
  clock.hear(5_000_000);
  const row = { id: 0, real: 5_000_000, fair: 77_000_000, rate: 0, rev: 1 };
  clock.row = row;
  assert.equal(clock.now(), 77_000_000);
  clock.row = { ...row, fair: 60_000_000, rev: 2 };
  assert.equal(clock.now(), 60_000_000);
});

test("before the first signal the machine's own time stands in", () => {
  assert.ok(Math.abs(new Clock().now() - Date.now()) < 1000);
});

test("times are those of the fair's town, not of the machine", () => {
  const at = Date.UTC(2026, 1, 14, 4, 19, 42);
  assert.equal(formatTime(at, "Asia/Tokyo"), "13:19");
  assert.equal(formatSeconds(at, "Asia/Tokyo"), "13:19:42");
  assert.equal(formatTime(Date.UTC(2026, 1, 13, 15, 5), "Asia/Tokyo"), "00:05");
  assert.equal(formatTime(at, "Europe/Berlin"), "05:19");
});

test("spans", () => {
  assert.equal(formatElapsed(42_900), "0:42");
  assert.equal(formatElapsed(760_000), "12:40");
  assert.equal(formatElapsed(3_725_000), "1:02:05");
  assert.equal(formatElapsed(-5), "0:00");
  assert.deepEqual([minutes(59_999), minutes(60_000), minutes(-1)], [0, 1, 0]);
});
