import assert from "node:assert/strict";
import { test } from "node:test";
import { Advisor } from "../../handhelds/advisor.js";
import { longestOf, quieterThan } from "../../handhelds/reception/quieter.js";
import { freshWaits } from "../../handhelds/reception/waits.js";

const guide = (id, level, band) => [id, { id, ahead: 0, booths: 1, level, band }];
const WAITS = new Map([
  guide("sapporo", "crowded", { low: 30, high: 45 }),
  guide("otaru", "busy", { low: 10, high: 15 }),
  guide("ebetsu", "quiet", { low: 0, high: 5 }),
  guide("bus", "closed", null),
]);

test("the longest wait of the chosen ones is asked about", () => {
  assert.equal(longestOf(["otaru", "sapporo"], WAITS), "sapporo");
  assert.equal(longestOf(["sapporo", "bus"], WAITS), "sapporo");
});

test("who is served soon anywhere, or has no wait that is known, needs no advice", () => {
  assert.equal(longestOf(["sapporo", "ebetsu"], WAITS), null);
  assert.equal(longestOf(["bus"], WAITS), null);
  assert.equal(longestOf([], WAITS), null);
  assert.equal(longestOf(["sapporo"], null), null);
});

/** What a page knows that heard its server `age` ms ago, by the fair's clock. */
function known(age, { state = "live", rate = 1, at = 0 } = {}) {
  const live = { board: { clocks: new Map([[0, { rate }]]) }, guide: { at, queues: WAITS }, status: { state, since: 100_000, problem: null } };
  return freshWaits(live, 100_000 + age, 15);
}

test("waits are said while they are fresh, by the real clock", () => {
  assert.equal(known(15_000), WAITS);
  assert.equal(known(15_001), null);
  assert.equal(known(60_000, { rate: 4 }), WAITS);
  assert.equal(known(0, { state: "stale" }), null);
  assert.equal(known(0, { at: null }), null);
});

/** An advisor whose server answers when it is told to. */
function advised() {
  const asked = [];
  let answer;
  let refuse;
  let drawn = 0;
  const read = (path) =>
    new Promise((resolve, reject) => {
      asked.push(path);
      [answer, refuse] = [resolve, reject];
    });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    asked,
    advisor: new Advisor(read, () => (drawn += 1)),
    drawn: () => drawn,
    answers: (value) => (answer(value), settled()),
    refuses: () => (refuse(new Error("no_answer")), settled()),
  };
}

const EBETSU = { queue: "ebetsu", saves_min: 25 };

test("a question is asked once, and its answer kept until the guide is another", async () => {
  const { asked, advisor, answers, drawn } = advised();
  assert.equal(advisor.about(quieterThan("sapporo", null), WAITS), null);
  assert.equal(advisor.about(quieterThan("sapporo", null), WAITS), null);
  assert.deepEqual(asked, ["/quieter?queue=sapporo"]);
  await answers(EBETSU);
  assert.equal(drawn(), 1);
  assert.deepEqual(advisor.about(quieterThan("sapporo", null), WAITS), EBETSU);
  assert.equal(asked.length, 1);
  assert.deepEqual(advisor.about(quieterThan("sapporo", null), new Map(WAITS)), EBETSU, "the old answer stands until the new one is here");
  assert.equal(asked.length, 2);
  await answers(null);
  assert.equal(advisor.about(quieterThan("sapporo", null), WAITS), null);
});

test("an answer is never told to another question", async () => {
  const { asked, advisor, answers } = advised();
  advisor.about(quieterThan("sapporo", null), WAITS);
  assert.equal(advisor.about(quieterThan("otaru", 7), WAITS), null);
  assert.equal(asked.length, 1, "one question at a time");
  await answers(EBETSU);
  assert.equal(advisor.about(quieterThan("otaru", 7), WAITS), null);
  assert.deepEqual(asked, ["/quieter?queue=sapporo", "/quieter?queue=otaru&party=7"]);
});

test("advice that does not come is none, and is asked for again with the next guide", async () => {
  const { asked, advisor, refuses } = advised();
  advisor.about(quieterThan("sapporo", null), WAITS);
  await refuses();
  assert.equal(advisor.about(quieterThan("sapporo", null), WAITS), null);
  assert.equal(asked.length, 1);
  advisor.about(quieterThan("sapporo", null), new Map(WAITS));
  assert.equal(asked.length, 2);
});
