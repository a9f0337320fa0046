// The hall in figures, the day as a line, and the end of it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FAIR, MINUTE, NOW, floor, hall } from "./floor.js";

const { absentNow, cameSoFar, finishedSoFar, leftOver, noShows, offersToday, unserved, visitedSoFar, waitingNow } = await floor("hall.js");
const { timeline } = await floor("timeline.js");
const { closingSteps } = await floor("closing.js");
const { EN_MAX, JA_MAX, closingSentences, readySentences } = await floor("sentences.js");

test("a party in two lines is counted once, and not while it is at a booth", () => {
  const tickets = [{ id: 1, size: 3 }, { id: 2, party: 1, queue: "otaru" }, { id: 3, size: 2, active: 3, state: "serving" }, { id: 4, party: 3 }];
  const parties = [{ id: 3, size: 2, active: 3, tickets: [3, 4] }, { id: 1, size: 3, tickets: [1, 2] }];
  assert.deepEqual(waitingNow(hall({ tickets, parties })), { parties: 1, persons: 3 });
});

test("who came, who visited, and talks: mistakes and takings-back never were", () => {
  const tickets = [
    { id: 1, size: 2, state: "finished", started_at: 1 },
    { id: 2, size: 3, state: "serving", started_at: 1 },
    { id: 3, size: 4, state: "cancelled", reason: "mistake" },
    { id: 4, size: 5, state: "cancelled", reason: "left" },
  ];
  const board = hall({ tickets });
  assert.deepEqual(cameSoFar(board), { parties: 3, persons: 10 });
  assert.equal(visitedSoFar(board), 5);
  assert.deepEqual(finishedSoFar(board), { parties: 1, persons: 2 });
});

test("who was split off has visited where they had together before", () => {
  const tickets = [{ id: 1, state: "finished", started_at: 10 }];
  const split = (issued_at) => visitedSoFar(hall({ tickets, parties: [{ id: 2, size: 1, origin: 1, issued_at, tickets: [] }] }));
  assert.equal(split(20), 3);
  assert.equal(split(5), 2);
});

test("what became of offers; one taken back was neither accepted nor declined", () => {
  const offer = (id, state, answer, until = NOW + 1) => ({ id, party: id, ticket: id, queue: "otaru", state, at: 0, until, answered_at: null, answer, rev: 1 });
  const offers = [offer(1, "open", null), offer(2, "open", null, NOW), offer(3, "accepted", "add"), offer(4, "declined", "keep"), offer(5, "declined", null)];
  const board = hall({ tickets: [1, 2, 3, 4, 5].map((id) => ({ id })), offers });
  assert.deepEqual(offersToday(board, NOW), { made: 5, open: 1, accepted: 1, declined: 1 });
});

test("who did not come when called: away now, with the time that is left, or given up", () => {
  const tickets = [
    { id: 1, state: "absent", away_at: NOW - 10 * MINUTE },
    { id: 2, state: "absent", away_at: NOW - 29 * MINUTE },
    { id: 3, state: "cancelled", reason: "no_answer" },
    { id: 4, state: "cancelled", reason: "left" },
  ];
  const board = hall({ tickets });
  assert.equal(noShows(board), 3);
  assert.deepEqual(absentNow(board, NOW, 30 * MINUTE).map(({ ticket, rest }) => [ticket.id, rest / MINUTE]), [[2, 1], [1, 20]]);
});

test("the day in steps of ten minutes: who waited at the end of each, calls and ends in each", () => {
  const tickets = [
    { id: 1, size: 2, issued_at: 5 * MINUTE, state: "finished", called_at: 12 * MINUTE, started_at: 13 * MINUTE, ended_at: 25 * MINUTE },
    { id: 2, size: 3, issued_at: 5 * MINUTE },
    { id: 3, size: 4, issued_at: 15 * MINUTE, state: "cancelled", ended_at: 22 * MINUTE },
    { id: 4, size: 1, issued_at: 8 * MINUTE, state: "absent", called_at: 18 * MINUTE, away_at: 21 * MINUTE },
  ];
  const steps = timeline(hall({ tickets }), 0, 27 * MINUTE);
  assert.deepEqual(steps.map(({ at, waiting, called, finished }) => [at / MINUTE, waiting, called, finished]), [
    [0, 6, 0, 0],
    [10, 7, 2, 0],
    [20, 3, 0, 1],
  ]);
  assert.deepEqual(timeline(hall({ tickets }), 0, 0), []);
});

test("a party at a booth does not wait in its other line, until the talk is over", () => {
  const tickets = [
    { id: 1, state: "finished", called_at: 5 * MINUTE, started_at: 5 * MINUTE, ended_at: 15 * MINUTE },
    { id: 2, party: 1, queue: "otaru" },
  ];
  const board = hall({ tickets, parties: [{ id: 1, size: 2, tickets: [1, 2] }] });
  assert.deepEqual(timeline(board, 0, 20 * MINUTE).map(({ waiting }) => waiting), [0, 2]);
});

const CLOSING = { warn: 100, fit_only: 200, stop: 300 };
const queuesRows = (...stopped) => FAIR.queues.map(({ id }) => ({ id, issuing: !stopped.includes(id), reserved_run: 0, rev: 1 }));

/** The states of the three steps, and which sentence is to be announced. */
function steps(now, given) {
  const all = closingSteps({ board: hall(given), closing: CLOSING, queues: FAIR.queues, ends: "17:00", now });
  return [all.map(({ state }) => state), all.find(({ sentence }) => sentence)?.key ?? null, all];
}

test("the end goes step by step, each with its announcement, and a later one makes an earlier one needless", () => {
  const announced = (key) => ({ id: 1, ja: closingSentences("17:00")[key].ja, en: null, at: 0, until: 1, rev: 1 });
  assert.deepEqual(steps(99).slice(0, 2), [["later", "later", "later"], null]);
  assert.deepEqual(steps(100).slice(0, 2), [["now", "later", "later"], "warn"]);
  assert.deepEqual(steps(100, { notices: [announced("warn")] }).slice(0, 2), [["done", "later", "later"], null]);
  const [states, sentence, all] = steps(200, { queues: queuesRows("sapporo") });
  assert.deepEqual([states, sentence], [["done", "now", "later"], "fit_only"]);
  assert.deepEqual(all[1].did, ["発券を止めた相談先 1／4：札幌市"]);
  assert.deepEqual(all[2].acts, [], "before its time nothing is stopped");
});

test("at the end everything is stopped in one act, and who waits is left over by number alone", () => {
  const waiting = { tickets: [{ id: 1, issued_at: 5 }, { id: 2, party: 1, queue: "otaru", state: "absent" }, { id: 3, issued_at: 2, state: "serving" }], parties: [{ id: 1, issued_at: 5, tickets: [1, 2] }] };
  const [states, sentence, all] = steps(300, { ...waiting, queues: queuesRows("sapporo") });
  assert.deepEqual([states[2], sentence], ["now", "stop"]);
  assert.deepEqual(all[2].acts[0].each, [{ queue: "otaru" }, { queue: "ebetsu" }, { queue: "jobs" }]);
  assert.deepEqual(leftOver(hall(waiting)), [{ number: "101", size: 2, queues: ["sapporo", "otaru"] }]);
  const done = { queues: queuesRows(...FAIR.queues.map(({ id }) => id)), notices: [{ id: 1, ja: closingSentences("17:00").stop.ja, en: null, at: 0, until: 1, rev: 1 }] };
  assert.deepEqual(steps(300, done)[0], ["done", "done", "done"]);
});

test("once nothing is issued the day is closed in one act, and who was not served stays on the list for follow-up", () => {
  const parties = [{ id: 1, issued_at: 5, tickets: [1, 2] }, { id: 3, issued_at: 6, tickets: [3] }];
  const none = queuesRows(...FAIR.queues.map(({ id }) => id));
  const waiting = { tickets: [{ id: 1 }, { id: 2, party: 1, queue: "otaru", state: "absent" }, { id: 3, state: "serving" }], parties };
  const [act] = steps(300, { ...waiting, queues: none })[2][2].acts;
  assert.deepEqual([act.command, act.args, act.label], ["close-day", {}, "残り1組の受付を締める"]);
  const closed = { tickets: waiting.tickets.map((each) => (each.state === "serving" ? each : { ...each, state: "cancelled", reason: "closed" })), parties };
  assert.deepEqual(leftOver(hall(closed)), []);
  assert.deepEqual(unserved(hall(closed)), unserved(hall(waiting)));
  assert.deepEqual(unserved(hall(closed)), [{ number: "101", size: 2, queues: ["sapporo", "otaru"] }]);
  assert.deepEqual(steps(300, { ...closed, queues: none })[2][2].acts, []);
});

test("those whom a party was split from have come with it", () => {
  const tickets = [{ id: 1, state: "cancelled", reason: "undone" }, { id: 2, size: 1 }];
  const parties = [{ id: 1, size: 3, tickets: [1] }, { id: 2, size: 1, origin: 1, tickets: [2] }];
  assert.deepEqual(cameSoFar(hall({ tickets, parties })), { parties: 1, persons: 4 });
});

test("the server takes every ready sentence, and each is there in both languages", () => {
  for (const { ja, en, minutes } of readySentences("17:00")) {
    assert.ok(ja.length <= JA_MAX, ja);
    assert.ok(en.length <= EN_MAX, en);
    assert.ok(ja && en && minutes);
  }
});
