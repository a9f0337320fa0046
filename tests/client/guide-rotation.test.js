// The offers of the guide screen, told what the waits are and what time it is.
import assert from "node:assert/strict";
import { test } from "node:test";

import { PLACES, TURN_MS, offerAt, turnEnd } from "../../displays/guide/rotation.js";
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

/** What is offered so many ms after the turns began. */
function at(ms, changes = {}, { queues = QUEUES, limits = LIMITS } = {}) {
  return offerAt(queues, limits, waits(changes), ms);
}

/** The offers of so many turns. */
function turns(count, changes) {
  return Array.from({ length: count }, (_, i) => at(i * TURN_MS, changes));
}

/** How often each queue was named. */
function times(offers) {
  const named = offers.flatMap(({ to }) => to);
  return Object.fromEntries(QUEUES.map(({ id }) => [id, named.filter((each) => each === id).length]));
}

test("one crowded queue stands with three quiet ones of its kind", () => {
  assert.deepEqual(at(0, SAPPORO), { from: "sapporo", to: ["otaru", "iwamizawa", "ebetsu"], quiet: true, turn: 0, turns: 1 });
});

test("it changes every twelve seconds and not before, and among equals every municipality has the same number of turns", () => {
  const first = at(0, SAPPORO);
  assert.deepEqual(at(TURN_MS - 1, SAPPORO), first);
  assert.deepEqual([turnEnd(0), turnEnd(TURN_MS - 1), turnEnd(TURN_MS)], [TURN_MS, TURN_MS, 2 * TURN_MS]);
  assert.notDeepEqual(at(TURN_MS, SAPPORO).to, first.to);

  const offers = turns(8, SAPPORO); // 8 turns of 3 rows for 8 quiet towns
  const { sapporo, ...others } = times(offers);
  assert.equal(sapporo, 0);
  assert.deepEqual(TOWNS.slice(1).map((town) => others[town]), new Array(8).fill(3));
  for (const [i, { to }] of offers.slice(1).entries()) assert.ok(!to.some((id) => offers[i].to.includes(id)), "nobody is named twice in a row");
});

test("what is shown follows from waits and time alone, so a screen that is opened at any moment shows what the others show", () => {
  const midday = 1_771_041_000_000;
  const whole = Array.from({ length: 100 }, (_, i) => at(midday + i * TURN_MS, SAPPORO));
  const backwards = Array.from({ length: 100 }, (_, i) => at(midday + (99 - i) * TURN_MS, SAPPORO)).reverse();
  assert.deepEqual(backwards, whole);
  assert.ok(new Set(whole.map(({ to }) => to.join())).size > 2, "it does change");
});

test("however long it goes on, no town is named more than once more than another for each queue that has turns", () => {
  for (const crowded of [["sapporo"], ["sapporo", "otaru"], ["sapporo", "otaru", "jobs"]]) {
    const changes = Object.fromEntries(crowded.map((id) => [id, [30, 40, "crowded"]]));
    for (const rounds of [1, 7, 40, 1000]) {
      const offers = turns(rounds * crowded.length, changes);
      for (const from of crowded) {
        const own = times(offers.filter((offer) => offer.from === from));
        const alike = QUEUES.filter(({ id, kind }) => (kind === "municipality") === (from !== "jobs") && !crowded.includes(id));
        const named = alike.map(({ id }) => own[id]);
        assert.ok(Math.max(...named) - Math.min(...named) <= 1, `${crowded} ${rounds} ${named}`);
      }
    }
  }
});

test("the turns of one round lead to different towns", () => {
  const [first, second] = turns(2, { ...SAPPORO, otaru: [30, 40, "crowded"] });
  assert.deepEqual([first.from, second.from], ["sapporo", "otaru"]);
  assert.ok(!first.to.some((id) => second.to.includes(id)));
});

test("a shorter wait comes before a longer one, similar interest before both", () => {
  const some = { ...SAPPORO, otaru: [5, 10, "quiet"], iwamizawa: [5, 10, "quiet"] };
  assert.deepEqual(at(0, some).to, ["ebetsu", "chitose", "eniwa"]);
  const near = QUEUES.map((queue) => (queue.id === "sapporo" ? { ...queue, near: ["iwamizawa", "settler-a"] } : queue));
  const named = Array.from({ length: 6 }, (_, i) => at(i * TURN_MS, some, { queues: near }).to);
  assert.ok(named.every((to) => to[0] === "settler-a" && to[1] === "iwamizawa"), "similar interest has its rows");
  assert.deepEqual(named.map((to) => to[2]), ["ebetsu", "chitose", "eniwa", "kitahiroshima", "ishikari", "tobetsu"], "equals share what is left");
});

test("where people wait long, each queue has its turn in the fair's order", () => {
  const busy = { ...SAPPORO, chitose: [25, 30, "crowded"], jobs: [25, 35, "crowded"], eniwa: [15, 20, "busy"] };
  const offers = turns(4, busy);
  assert.deepEqual(offers.map(({ from }) => from), ["sapporo", "chitose", "jobs", "sapporo"]);
  assert.deepEqual(offers.map(({ turn, turns }) => [turn, turns]), [[0, 3], [1, 3], [2, 3], [0, 3]]);
  assert.ok(offers.every(({ to }) => !to.includes("eniwa")));
});

test("a wait that is worth an offer counts where nothing is crowded, one of twelve minutes does not", () => {
  assert.equal(at(0, { otaru: [10, 15, "busy"] }).from, "otaru");
  assert.equal(at(0, { otaru: [10, 10, "busy"] }).from, null);
});

test("nobody is sent where little would be won", () => {
  const little = Object.fromEntries(QUEUES.map(({ id }) => [id, [5, 10, "quiet"]]));
  const some = { ...little, otaru: [10, 15, "busy"], jobs: [0, 5, "quiet"] };
  assert.deepEqual(at(0, some).to, [...TOWNS.filter((id) => id !== "otaru").slice(0, PLACES)], "5 minutes are won");
  assert.deepEqual(at(0, some, { limits: { ...LIMITS, margin_min: 6 } }).to, ["jobs", null, null]);
});

test("what is no longer quiet leaves at once, and the next one takes its place", () => {
  assert.deepEqual(at(0, SAPPORO).to, ["otaru", "iwamizawa", "ebetsu"]);
  assert.deepEqual(at(100, { ...SAPPORO, iwamizawa: [10, 15, "busy"] }).to, ["otaru", "ebetsu", "chitose"]);
  assert.deepEqual(at(200, { ...SAPPORO, otaru: [null, null, "closed"] }).to, ["iwamizawa", "ebetsu", "chitose"]);
});

test("a crowd that is gone is no longer told", () => {
  assert.equal(at(0, SAPPORO).from, "sapporo");
  assert.equal(at(100, { jobs: [25, 30, "crowded"] }).from, "jobs");
  const offer = at(200);
  assert.deepEqual([offer.from, offer.turns, offer.quiet], [null, 0, true]);
});

test("where nothing is quiet the shortest waits are named, and are not called quiet", () => {
  const all = Object.fromEntries(QUEUES.map(({ id }, i) => [id, [10, 15 + 5 * (i % 3), "busy"]]));
  const offer = at(0, { ...all, ...SAPPORO, jobs: [null, null, "closed"] });
  assert.equal(offer.quiet, false);
  assert.deepEqual(offer.to, ["ebetsu", "kitahiroshima", "otaru"]);
});

test("before anything is known nothing is offered", () => {
  assert.equal(offerAt(QUEUES, LIMITS, new Map(), 0), null);
});

test("a wait of an hour or more is only said to be longer", async () => {
  const { waitWords } = await client("words.js");
  assert.equal(waitWords({ low: 60, high: 75 }).ja, "約60分以上");
  assert.equal(waitWords({ low: 55, high: 65 }).ja, "約55〜65分");
});
