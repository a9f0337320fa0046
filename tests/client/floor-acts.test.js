// What the floor manager writes and sends.
import assert from "node:assert/strict";
import { test } from "node:test";
import { floor, hall, nameOf } from "./floor.js";

const { Correction } = await floor("correction.js");
const { offer } = await floor("acts.js");
const { Announcement } = await floor("announcement.js");
const { ASK_MS, Advice, GONE_MS, OLD_MS, SILENT_MS } = await floor("advice.js");

test("a number is found as it is typed, in whichever width, and its tickets can become what they are not", () => {
  const board = hall({ tickets: [{ id: 5, state: "finished" }] });
  const correction = new Correction();
  assert.equal(correction.party(board), null);
  correction.type("１０５番");
  assert.equal(correction.party(board).id, 5);
  correction.reason = "forgotten";
  const acts = correction.ticketActs(board.tickets.get(5));
  assert.deepEqual(acts.map(({ args }) => args), [
    { ticket: 5, state: "waiting", reason: "forgotten" },
    { ticket: 5, state: "cancelled", reason: "forgotten" },
  ]);
  correction.type("1050");
  assert.equal(correction.party(board), null);
});

test("persons are put right within their bounds, and only where they differ", () => {
  const board = hall({ tickets: [{ id: 5, size: 2 }] });
  const correction = new Correction();
  correction.type("105");
  const party = correction.party(board);
  assert.equal(correction.partyAct(party), null);
  correction.count(party, "children", 1, 3);
  correction.count(party, "size", 5, 3);
  assert.deepEqual(correction.partyAct(party).args, { party: 5, size: 3, children: 1, reason: "wrong_button" });
  correction.count(party, "children", 9, 3);
  correction.count(party, "size", -9, 3);
  assert.deepEqual(correction.personsOf(party), { size: 1, children: 1 });
  correction.type("105");
  assert.equal(correction.partyAct(party), null, "another number, other persons");
});

test("an announcement is whole when the server would take it, and leaves out what it has not", () => {
  const announcement = new Announcement();
  assert.equal(announcement.whole, false);
  announcement.ja = " あ ";
  announcement.minutes = null;
  assert.equal(announcement.whole, true);
  assert.deepEqual(announcement.act.args, { ja: "あ" });
  announcement.take({ ja: "あ".repeat(60), en: "x".repeat(120), minutes: 15 });
  assert.equal(announcement.whole, true);
  assert.deepEqual(Object.keys(announcement.act.args), ["ja", "en", "minutes"]);
  announcement.ja += "あ";
  assert.equal(announcement.whole, false);
});

/** Advice whose answers the test gives. */
function asking(answers) {
  const asked = [];
  const clock = { now: 0 };
  const read = async (path) => {
    asked.push(path);
    if (answers[path] === undefined) throw new Error("away");
    return answers[path];
  };
  return { advice: new Advice({ read, devices: true, steady: () => clock.now, changed: () => undefined }), asked, clock };
}

test("advice is asked for again and again, says how old it is, and is not acted on when it is old", async () => {
  const answers = { "/guide": { suggestion: null } };
  const { advice, asked, clock } = asking(answers);
  assert.equal(advice.age, Infinity);
  advice.pass();
  advice.pass();
  await new Promise(setImmediate);
  assert.deepEqual(asked, ["/guide", "/devices"]);
  assert.deepEqual(advice.newest, { suggestion: null });
  delete answers["/guide"];
  clock.now = ASK_MS;
  advice.pass();
  await new Promise(setImmediate);
  assert.equal(advice.age, ASK_MS);
  clock.now = OLD_MS + 1;
  assert.equal(advice.newest, null);
});

test("a screen that listened today and no longer does is silent; handhelds and those taken out are not", async () => {
  const now = 10 * GONE_MS;
  const device = (label, ago, more = {}) => ({ label, kind: "screen", seen: now - ago, revoked: false, ...more });
  const devices = [
    device("open", 1000), device("stopped", SILENT_MS + 1), device("yesterday's", GONE_MS), device("never", 0, { seen: 0 }),
    device("lost", SILENT_MS + 1, { revoked: true }), device("in a pocket", SILENT_MS + 1, { kind: "handheld" }), device("held", 0, { kind: "handheld" }),
  ];
  const { advice } = asking({ "/devices": { devices } });
  advice.pass();
  await new Promise(setImmediate);
  assert.deepEqual(advice.silent(now).map(({ label }) => label), ["stopped"]);
  assert.deepEqual(advice.listening(now), { screens: 1, handhelds: 1 });
});

test("an offer by hand is the very command that the house sends by itself", () => {
  const board = hall({ tickets: [{ id: 5, number: "105" }] });
  const { command, args, done } = offer(board.tickets.get(5), "ebetsu", nameOf);
  assert.deepEqual({ command, args }, { command: "offer", args: { ticket: 5, queue: "ebetsu" } });
  assert.equal(done, "105番に江別市をご案内しました");
});
