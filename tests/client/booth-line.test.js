import assert from "node:assert/strict";
import { test } from "node:test";
import { FAIR, MAIN, WHEN, board, booth, nameOf } from "./booth.js";

const { count, line, nextOf } = await booth("line.js");
const { tally } = await booth("tally.js");
const { leadAct, targets } = await booth("targets.js");
const { situation } = await booth("act.js");
const { callAct, choice, keepAct, type } = await booth("choice.js");

const LINE = [
  { id: 105, place: 1 },
  { id: 109, place: 2, active: 9, size: 1 },
  { id: 112, place: 3, size: 3 },
  { id: 117, place: 4 },
  { id: 84, place: 0, state: "absent", away_at: 60_000, issued_at: 5 },
  { id: 83, place: 0, state: "held", away_at: 30_000, issued_at: 5 },
  { id: 70, state: "finished", booth: 7, called_at: 0, started_at: 0, ended_at: 20 * 60_000 },
  { id: 71, state: "finished", booth: 7, called_at: 0, started_at: 0, ended_at: 31 * 60_000, size: 1 },
  { id: 72, state: "finished", booth: 8, called_at: 0, started_at: 0, ended_at: 60_000 },
  { id: 90, queue: "sapporo" },
];

test("the waiting in calling order, then the absent and the held, longest away first", () => {
  const places = line(board({ waiting: LINE }), "kitahiroshima", 2, WHEN);
  assert.deepEqual(
    places.map(({ ticket, kind }) => [ticket.id, kind]),
    [[105, "soon"], [109, "elsewhere"], [112, "soon"], [117, "waiting"], [83, "away"], [84, "away"]],
  );
  assert.deepEqual(places.map(({ chairs }) => chairs), [0, 0, 1, 0, 0, 0]);
  assert.equal(nextOf(places).ticket.id, 105);
  assert.equal(nextOf(places.slice(4)), null);
  assert.deepEqual(count(places), { parties: 4, persons: 8 });
  assert.deepEqual(line(board({ waiting: LINE }), null, 2, WHEN), []);
});

test("from its slot on a reserved place is the next, and まもなく", () => {
  const [first, second, reserved] = [{ id: 105, place: 1 }, { id: 109, place: 2 }, { id: 112, place: 3, reserved: 60_000 }];
  const seen = board({ waiting: [first, second, reserved] });
  const soon = (now) =>
    line(seen, "kitahiroshima", 2, { now, inARow: 2 }).flatMap(({ ticket, kind }) => (kind === "soon" ? [ticket.id] : []));
  assert.deepEqual(soon(59_999), [105, 109]);
  assert.deepEqual(soon(60_000), [112, 105]);
});

test("the day's work of one booth, in parties and persons", () => {
  assert.deepEqual(tally(board({ waiting: LINE }), 7), { parties: 2, persons: 3, mean: 26 });
  assert.deepEqual(tally(board({ waiting: LINE }), 3), { parties: 0, persons: 0, mean: null });
});

test("visits that nobody timed count, and lengthen no talk", () => {
  const dropped = { id: 73, state: "finished", booth: 7, started_at: 5, ended_at: 5, size: 4 };
  const corrected = { id: 74, state: "finished", booth: 7, called_at: 0, started_at: 0, ended_at: 60_000, corrected: "forgotten" };
  assert.deepEqual(tally(board({ waiting: [...LINE, dropped, corrected] }), 7), { parties: 4, persons: 9, mean: 26 });
  assert.deepEqual(tally(board({ waiting: [dropped] }), 7), { parties: 1, persons: 4, mean: null });
});

test("a typed number finds the party, or says why it cannot be called here", () => {
  const seen = board({ waiting: LINE });
  const now = situation(seen, MAIN, WHEN);
  const find = (typed) => choice(typed, now, seen, nameOf);
  assert.deepEqual(find("").places.length, 6);
  assert.equal(find("").chosen, null);
  assert.deepEqual(find("1").places.map(({ ticket }) => ticket.id), [105, 109, 112, 117]);
  assert.equal(find("112").chosen.ticket.id, 112);
  assert.equal(find("84").chosen.kind, "away");
  assert.equal(find("109").why, "109番はいま他のブースで相談中です");
  assert.equal(callAct(find("109").chosen, now), null);
  assert.equal(find("70").why, "70番は相談が終わっています");
  assert.equal(find("90").why, "90番は札幌市にお並びです");
  assert.equal(find("999").why, "999番はありません");
});

test("a lettered number is found by its digits", () => {
  const seen = board({ waiting: [{ id: 1, number: "G12" }, { id: 2, number: "G1" }] });
  const { places, chosen } = choice("1", situation(seen, MAIN, WHEN), seen, nameOf);
  assert.deepEqual([places.length, chosen.ticket.number], [2, "G1"]);
  assert.deepEqual(callAct(chosen, situation(seen, MAIN, WHEN)).args, { booth: 7, number: "G1" });
});

test("calling the chosen ends the talk that goes on in the same act", () => {
  const seen = board({ waiting: [...LINE, { id: 101, state: "serving", booth: 7, active: 101 }], row: { ticket: 101 } });
  const now = situation(seen, MAIN, WHEN);
  assert.deepEqual(callAct(choice("84", now, seen, nameOf).chosen, now).args, { booth: 7, number: "84", finish: true });
  assert.equal(callAct(null, now), null);
});

test("nobody is chosen while somebody is called", () => {
  const seen = board({ waiting: [...LINE, { id: 101, state: "called", booth: 7, active: 101 }], row: { ticket: 101 } });
  const now = situation(seen, MAIN, WHEN);
  assert.equal(callAct(choice("105", now, seen, nameOf).chosen, now), null);
});

test("the chosen can be held, and who is away can be put back", () => {
  const seen = board({ waiting: LINE });
  const chosen = (typed) => choice(typed, situation(seen, MAIN, WHEN), seen, nameOf).chosen;
  assert.deepEqual([keepAct(chosen("105")).command, keepAct(chosen("83")).command], ["hold", "restore"]);
});

test("a keypad gives no leading zero and no more digits than a number has", () => {
  assert.equal(type("", "0"), "");
  assert.equal(type("10", "5"), "105");
  assert.equal(type("1234", "5"), "1234");
});

test("where a party can be led: not here, not where it is already, not where tickets have stopped", () => {
  const others = [
    { id: 1, queue: "sapporo", state: "open", ticket: 5, since: 0, rev: 1 },
    { id: 2, queue: "ebetsu", state: "open", ticket: null, since: 0, rev: 1 },
  ];
  const seen = board({ waiting: LINE, others, queues: [{ id: "ebetsu", issuing: false, rev: 1 }] });
  const kinds = (ticket) => targets(seen, FAIR.queues, ticket).map(({ kind }) => kind);
  assert.deepEqual(kinds(seen.tickets.get(105)), ["possible", "stopped", "here"]);
  assert.deepEqual(kinds(null), ["possible", "possible", "possible"]);
  const [sapporo, ebetsu] = targets(seen, FAIR.queues, null);
  assert.deepEqual([sapporo.parties, sapporo.free, sapporo.staffed], [1, false, true]);
  assert.deepEqual([ebetsu.parties, ebetsu.free], [0, true]);
});

test("who waits is moved, who is being served gets one more place", () => {
  const [ticket] = board({ waiting: LINE }).waiting("kitahiroshima");
  const [sapporo] = FAIR.queues;
  assert.deepEqual(leadAct(ticket, 2, sapporo).args, { ticket: 105, queue: "sapporo" });
  const added = leadAct({ ...ticket, state: "serving" }, 2, sapporo);
  assert.deepEqual([added.command, added.args], ["issue", { party: 105, queues: ["sapporo"] }]);
});
