// The offers of the guide screen, told what the waits are and what time it is.
import assert from "node:assert/strict";
import { test } from "node:test";

import { PLACES, Rotation, TURN_MS } from "../../displays/guide/rotation.js";
import { client } from "./pages.js";

const LIMITS = { from_min: 12, to_min: 8, margin_min: 5 };
const TOWNS = ["sapporo", "otaru", "iwamizawa", "ebetsu", "chitose", "eniwa", "kitahiroshima", "ishikari", "tobetsu"];
const QUEUES = [
  ...TOWNS.map((id) => ({ id, kind: "municipality" })),
  { id: "settler-a", kind: "settler" }, { id: "settler-b", kind: "settler" }, { id: "jobs", kind: "jobs" },
];

/** How long the wait is, in minutes, by queue: [low, high, level]; all others are quiet. */
function waits(changes = {}) {
  const rows = QUEUES.map(({ id }) => {
    const [low, high, level] = changes[id] ?? [0, 5, "quiet"];
    return [id, { id, ahead: 0, booths: 1, band: low === null ? null : { low, high }, level }];
  });
  return new Map(rows);
}

const SAPPORO = { sapporo: [30, 40, "crowded"] };

/** The offers of so many turns. */
function turns(rotation, count, changes) {
  return Array.from({ length: count }, (_, i) => rotation.at(waits(changes), i * TURN_MS));
}

/** How often each queue was named. */
function times(offers) {
  const named = offers.flatMap(({ to }) => to);
  return Object.fromEntries(QUEUES.map(({ id }) => [id, named.filter((each) => each === id).length]));
}

test("one crowded queue stands with three quiet ones of its kind", () => {
  const offer = new Rotation(QUEUES, LIMITS).at(waits(SAPPORO), 0);
  assert.deepEqual(offer, { from: "sapporo", to: ["otaru", "iwamizawa", "ebetsu"], quiet: true, turn: 0, turns: 1 });
});

test("it changes every twelve seconds and not before, and among equals every municipality has the same number of turns", () => {
  const rotation = new Rotation(QUEUES, LIMITS);
  const first = rotation.at(waits(SAPPORO), 0);
  assert.deepEqual(rotation.at(waits(SAPPORO), TURN_MS - 1), first);
  assert.equal(rotation.nextTurn, TURN_MS);
  assert.notDeepEqual(rotation.at(waits(SAPPORO), TURN_MS).to, first.to);

  const offers = turns(new Rotation(QUEUES, LIMITS), 8, SAPPORO); // 8 turns of 3 rows for 8 quiet towns
  const { sapporo, ...others } = times(offers);
  assert.equal(sapporo, 0);
  assert.deepEqual(TOWNS.slice(1).map((town) => others[town]), new Array(8).fill(3));
  for (const [i, { to }] of offers.slice(1).entries()) assert.ok(!to.some((id) => offers[i].to.includes(id)), "nobody is named twice in a row");
});

test("whatever the fair's order, no town is named more than once more than another", () => {
  for (let count = 1; count <= 40; count += 1) {
    const named = TOWNS.slice(1).map((town) => times(turns(new Rotation(QUEUES, LIMITS), count, SAPPORO))[town]);
    assert.ok(Math.max(...named) - Math.min(...named) <= 1, String(count));
  }
});

test("a shorter wait comes before a longer one, similar interest before both", () => {
  const some = { ...SAPPORO, otaru: [5, 10, "quiet"], iwamizawa: [5, 10, "quiet"] };
  assert.deepEqual(new Rotation(QUEUES, LIMITS).at(waits(some), 0).to, ["ebetsu", "chitose", "eniwa"]);
  const near = QUEUES.map((queue) => (queue.id === "sapporo" ? { ...queue, near: ["iwamizawa", "settler-a"] } : queue));
  assert.deepEqual(new Rotation(near, LIMITS).at(waits(some), 0).to, ["settler-a", "iwamizawa", "ebetsu"]);
});

test("where people wait long, each queue has its turn in the fair's order", () => {
  const busy = { ...SAPPORO, chitose: [25, 30, "crowded"], jobs: [25, 35, "crowded"], eniwa: [15, 20, "busy"] };
  const offers = turns(new Rotation(QUEUES, LIMITS), 4, busy);
  assert.deepEqual(offers.map(({ from }) => from), ["sapporo", "chitose", "jobs", "sapporo"]);
  assert.deepEqual(offers.map(({ turn, turns }) => [turn, turns]), [[0, 3], [1, 3], [2, 3], [0, 3]]);
  assert.ok(offers.every(({ to }) => !to.includes("eniwa")));
});

test("a wait that is worth an offer counts where nothing is crowded, one of twelve minutes does not", () => {
  const rotation = new Rotation(QUEUES, LIMITS);
  assert.equal(rotation.at(waits({ otaru: [10, 15, "busy"] }), 0).from, "otaru");
  assert.equal(new Rotation(QUEUES, LIMITS).at(waits({ otaru: [10, 10, "busy"] }), 0).from, null);
});

test("nobody is sent where little would be won", () => {
  const little = Object.fromEntries(QUEUES.map(({ id }) => [id, [5, 10, "quiet"]]));
  const offer = new Rotation(QUEUES, LIMITS).at(waits({ ...little, otaru: [10, 15, "busy"], jobs: [0, 5, "quiet"] }), 0);
  assert.deepEqual(offer.to, [...TOWNS.filter((id) => id !== "otaru").slice(0, PLACES)], "5 minutes are won");
  const tight = new Rotation(QUEUES, { ...LIMITS, margin_min: 6 }).at(waits({ ...little, otaru: [10, 15, "busy"], jobs: [0, 5, "quiet"] }), 0);
  assert.deepEqual(tight.to, ["jobs", null, null]);
});

test("what is no longer quiet leaves its row at once, and the other rows stay", () => {
  const rotation = new Rotation(QUEUES, LIMITS);
  assert.deepEqual(rotation.at(waits(SAPPORO), 0).to, ["otaru", "iwamizawa", "ebetsu"]);
  assert.deepEqual(rotation.at(waits({ ...SAPPORO, iwamizawa: [10, 15, "busy"] }), 100).to, ["otaru", "chitose", "ebetsu"]);
  assert.deepEqual(rotation.at(waits({ ...SAPPORO, otaru: [null, null, "closed"] }), 200).to, ["eniwa", "chitose", "ebetsu"]);
});

test("a crowd that is gone is no longer told", () => {
  const rotation = new Rotation(QUEUES, LIMITS);
  assert.equal(rotation.at(waits(SAPPORO), 0).from, "sapporo");
  assert.equal(rotation.at(waits({ jobs: [25, 30, "crowded"] }), 100).from, "jobs");
  const offer = rotation.at(waits(), 200);
  assert.deepEqual([offer.from, offer.turns, offer.quiet], [null, 0, true]);
});

test("where nothing is quiet the shortest waits are named, and are not called quiet", () => {
  const all = Object.fromEntries(QUEUES.map(({ id }, i) => [id, [10, 15 + 5 * (i % 3), "busy"]]));
  const offer = new Rotation(QUEUES, LIMITS).at(waits({ ...all, ...SAPPORO, jobs: [null, null, "closed"] }), 0);
  assert.equal(offer.quiet, false);
  assert.deepEqual(offer.to, ["ebetsu", "kitahiroshima", "otaru"]);
});

test("before anything is known nothing is offered", () => {
  assert.equal(new Rotation(QUEUES, LIMITS).at(new Map(), 0), null);
});

test("a wait of an hour or more is only said to be longer", async () => {
  const { waitWords } = await client("words.js");
  assert.equal(waitWords({ low: 60, high: 75 }).ja, "約60分以上");
  assert.equal(waitWords({ low: 55, high: 65 }).ja, "約55〜65分");
});
