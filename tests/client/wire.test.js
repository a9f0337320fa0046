import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { encode } from "@msgpack/msgpack";
import { client, packed, party, ticket } from "./pages.js";

const { FIELDS, PROTOCOL, TABLES, WireError, decodeFrame, decodeFrames, encodeHello } = await client("wire.js");

/** Tables that change nothing are empty on a page, and may be left out of a vector. */
function whole(expected) {
  if (expected.type !== "snapshot" && expected.type !== "event") return expected;
  return { ...Object.fromEntries(TABLES.map((table) => [table, []])), ...expected };
}

test("every shared vector is read as Python wrote it", () => {
  const vectors = JSON.parse(readFileSync(new URL("../vectors/wire.json", import.meta.url), "utf8"));
  assert.ok(vectors.length > 0);
  for (const { name, hex, expect } of vectors) {
    assert.deepEqual(decodeFrame(Buffer.from(hex, "hex")), whole(expect), name);
  }
});

test("an event's rows become objects, its times plain numbers, its absent tables empty", () => {
  const now = 1_771_032_000_123; // needs a uint64
  const row = ticket(5, { state: "called", booth: 3, called_at: now, called_offset: 9 });
  const frame = decodeFrame(encode(["event", 1, 9, now, "called", packed(FIELDS, { tickets: [row], parties: [party(5)] }), null]));
  assert.deepEqual(frame, {
    type: "event", epoch: 1, offset: 9, at: now, kind: "called", undoes: null,
    tickets: [row], parties: [party(5)], queues: [], booths: [], clocks: [], offers: [], notices: [],
  });
  assert.equal(typeof frame.at, "number");
});

test("an undone event names what it takes back", () => {
  assert.equal(decodeFrame(encode(["event", 1, 10, 0, "undone", {}, 9])).undoes, 9);
});

test("welcome and beat", () => {
  assert.deepEqual(decodeFrame(encode(["welcome", 1, 5, "backlog"])), { type: "welcome", protocol: 1, real_now: 5, resume: "backlog" });
  assert.deepEqual(decodeFrame(encode(["beat", 2, 7, 5, false])), { type: "beat", epoch: 2, offset: 7, real_now: 5, live: false });
});

test("bytes that are no frame are refused", () => {
  for (const bytes of [
    [],
    [0xc1],
    encode("welcome"),
    encode({ beat: 1 }),
    encode(["farewell", 1]),
    encode(["event", 1, 1, 0, "called", null, null]),
    encode(["event", 1, 1, 0, "called", { queues: [["sapporo", true]] }, null]),
    encode(["event", 1, 1, 0, "called", { queues: [5] }, null]),
    encode(["event", 1, 1, 0, "called", { queues: 5 }, null]),
    encode(["event", 1, 1, 0, "called", { queues: [null] }, null]),
    encode(["guide", 1, 1, 0, [], null]),
    encode(["guide", 1, 1, 0, [5], []]),
    encode(["guide", 1, 1, 0, [["sapporo", 1, 1, 0, 5, 9]], []]),
    encode(["guide", 1, 1, 0, [], [[1, 0, 0, null]]]),
    encode(["beat"]),
    encode(["beat", 2, 7, "noon", true]),
    encode(["beat", 2, 7, 5, false]).subarray(0, 5),
  ]) {
    assert.throws(() => decodeFrame(new Uint8Array(bytes)), WireError);
  }
});

test("frames that stand one after the other are read in order", () => {
  const vectors = JSON.parse(readFileSync(new URL("../vectors/wire.json", import.meta.url), "utf8"));
  const bytes = Buffer.concat(vectors.map(({ hex }) => Buffer.from(hex, "hex")));
  assert.deepEqual(decodeFrames(bytes), vectors.map(({ expect }) => whole(expect)));
  assert.throws(() => decodeFrames(bytes.subarray(0, -3)), WireError);
});

test("a hello says where the page was", () => {
  assert.deepEqual(encodeHello(null), encode(["hello", PROTOCOL, null, 0]));
  assert.deepEqual(encodeHello({ epoch: 3, offset: 40 }), encode(["hello", PROTOCOL, 3, 40]));
});
