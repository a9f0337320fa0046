// What needs an act of the floor manager, and what is advised.
import assert from "node:assert/strict";
import { test } from "node:test";
import { FAIR, MINUTE, NOW, WATCHED, floor, hall, nameOf, waits } from "./floor.js";

const { alarmsOf, IDLE_MS } = await floor("alarms.js");
const { spareFor } = await floor("acts.js");
const { longFrom } = await floor("talks.js");

/** The alarms of a hall. */
function alarms(given = {}, { guide = waits(), ...scene } = {}) {
  return alarmsOf({ board: hall(given), guide, fair: FAIR, watched: WATCHED, now: NOW, nameOf, silent: [], realNow: 0, advised: null, steps: [], ...scene });
}

/** What each says, and which acts it offers with which arguments. */
const said = (list) => list.map(({ key, acts }) => [key, ...acts.map(({ command, args }) => [command, args])]);

const AT = (booth, changes) => ({ id: 10 + booth, booth, queue: FAIR.booths[booth - 1].queue, active: 10 + booth, ...changes });
const CALLED = (booth, ago, changes = {}) => AT(booth, { state: "called", called_at: NOW - ago, ...changes });
const busy = (...booths) => booths.map((id) => ({ id, ticket: 10 + id }));

test("when all is well, nothing is said", () => {
  assert.deepEqual(alarms(), []);
  assert.deepEqual(alarms({ tickets: [{ id: 1, issued_at: NOW - MINUTE }] }), []);
});

test("a call is told that nobody repeated, and then one that nobody answered; the advised act stands last", () => {
  const early = { tickets: [CALLED(1, 89_000)], booths: busy(1) };
  assert.deepEqual(alarms(early), []);
  const late = alarms({ tickets: [CALLED(1, 92_000)], booths: busy(1) });
  assert.deepEqual(said(late), [["unanswered-11-0", ["absent", { booth: 1 }], ["recall", { booth: 1 }]]]);
  assert.equal(late[0].what, "111番 1番ブース 応答なし");
  assert.equal(late[0].detail, "呼び出しから 1:32・再呼出はまだ");
  const recalled = { recalls: 1, recalled_at: NOW - 59_000 };
  assert.deepEqual(alarms({ tickets: [CALLED(1, 200_000, recalled)], booths: busy(1) }), []);
  recalled.recalled_at = NOW - 60_000;
  const again = alarms({ tickets: [CALLED(1, 200_000, recalled)], booths: busy(1) });
  assert.deepEqual(said(again), [["unanswered-11-1", ["recall", { booth: 1 }], ["absent", { booth: 1 }]]]);
});

test("a long talk is told by the day's own mean, and at twice the expected length at the latest", () => {
  const board = hall();
  assert.equal(longFrom(board, FAIR.queues[0], 0.45), 38 * MINUTE);
  assert.equal(longFrom(board, FAIR.queues[0], 1), 40 * MINUTE);
  const short = Array.from({ length: 8 }, (_, i) => ({ id: 20 + i, state: "finished", called_at: 0, started_at: 0, ended_at: 10 * MINUTE }));
  assert.equal(longFrom(hall({ tickets: short }), FAIR.queues[0], 0.5), 30 * MINUTE);
  const untimed = short.map((each) => ({ ...each, corrected: "forgotten" }));
  assert.equal(longFrom(hall({ tickets: untimed }), FAIR.queues[0], 0.5), 40 * MINUTE);
  const serving = (ago) => ({ tickets: [AT(1, { state: "serving", started_at: NOW - ago })], booths: busy(1) });
  assert.deepEqual(alarms(serving(37 * MINUTE)), []);
  assert.deepEqual(said(alarms(serving(39 * MINUTE))), [["long-11"]]);
});

test("an open booth that calls nobody although somebody could be called is told, and only then", () => {
  const waiting = { id: 1, issued_at: NOW - IDLE_MS };
  const [alarm] = alarms({ tickets: [waiting] });
  assert.deepEqual(said([alarm]), [["idle-1", ["pause-booth", { booth: 1 }]]]);
  assert.equal(alarm.grave, 0);
  assert.deepEqual(alarms({ tickets: [waiting], booths: [{ id: 1, since: NOW - IDLE_MS + 1 }] }), [], "it has just become free");
  assert.deepEqual(alarms({ tickets: [{ ...waiting, active: 99 }] }), [], "the party is elsewhere");
});

test("who waits where no booth serves is told, with a spare or the paused booth", () => {
  const found = alarms({ tickets: [{ id: 1, issued_at: NOW - MINUTE }], booths: [{ id: 1, state: "paused" }] });
  assert.deepEqual(said(found), [["deserted-sapporo", ["assign-booth", { booth: 5, queue: "sapporo" }], ["open-booth", { booth: 1 }]]]);
});

test("long waits are told with a spare to open; from the third on they are one alarm", () => {
  const tickets = FAIR.queues.map(({ id }, i) => ({ id: i + 1, queue: id, issued_at: NOW }));
  const guide = waits({ sapporo: [30, 40, "crowded"] });
  assert.deepEqual(said(alarms({ tickets }, { guide })), [["crowded-sapporo", ["assign-booth", { booth: 5, queue: "sapporo" }]]]);
  const all = waits({ sapporo: [30, 40, "crowded"], otaru: [45, 60, "crowded"], ebetsu: [25, 30, "crowded"], jobs: [25, 35, "crowded"] });
  const found = alarms({ tickets }, { guide: all });
  assert.deepEqual(found.map(({ key }) => key), ["crowded-otaru", "crowded-sapporo", "crowded-rest"]);
  assert.equal(found[2].detail, "仕事・江別市");
  assert.deepEqual(alarms({}, { guide }), [], "nobody waits there");
});

test("where a spare is advised, its queue is no alarm, and no other alarm asks for a spare", () => {
  const tickets = FAIR.queues.map(({ id }, i) => ({ id: i + 1, queue: id, issued_at: NOW }));
  const guide = waits({ sapporo: [30, 40, "crowded"], otaru: [45, 60, "crowded"] });
  assert.deepEqual(said(alarms({ tickets }, { guide, advised: "otaru" })), [["crowded-sapporo"]]);
});

test("a spare for a queue is its own, else the one whose own queue waits least; one in use is none", () => {
  const guide = waits({ sapporo: [30, 40, "crowded"], otaru: [5, 10, "busy"] });
  assert.equal(spareFor(hall(), FAIR.booths, "sapporo", guide), 5);
  assert.equal(spareFor(hall(), FAIR.booths, "jobs", guide), 6);
  assert.equal(spareFor(hall({ booths: [{ id: 5, queue: "jobs" }] }), FAIR.booths, "sapporo", guide), 6);
  const used = [{ id: 5, queue: "jobs" }, { id: 6, queue: "otaru" }];
  assert.equal(spareFor(hall({ booths: used }), FAIR.booths, "sapporo", guide), null);
});

test("seats are told from nine tenths on", () => {
  const tickets = [{ id: 1, size: 9, issued_at: NOW }];
  const [short] = alarms({ tickets }, { watched: { ...WATCHED, seats: 10 } });
  assert.equal(short.what, "お待ちの席がもうすぐいっぱいです");
  const [full] = alarms({ tickets }, { watched: { ...WATCHED, seats: 9 } });
  assert.equal(full.what, "お待ちの席が足りません");
  assert.deepEqual(alarms({ tickets }, { watched: { ...WATCHED, seats: 11 } }), []);
});

test("a screen that stopped is told, and the gravest come first, of those the oldest", () => {
  const tickets = [CALLED(1, 100_000), CALLED(2, 300_000), { id: 1, size: 9, queue: "sapporo", issued_at: NOW }];
  const watched = { ...WATCHED, seats: 9 };
  const found = alarms({ tickets, booths: busy(1, 2) }, { watched, silent: [{ label: "入口", seen: 0 }], realNow: 5 * MINUTE });
  assert.deepEqual(found.map(({ key }) => key), ["unanswered-12-0", "unanswered-11-0", "seats", "silent-入口"]);
  assert.equal(found[3].detail, "5分前から届いていません");
});

test("a booth that asks for the helper is told, and answered in one tap", () => {
  const fair = { ...FAIR, booths: FAIR.booths.map((booth) => ({ ...booth, online: booth.number === 2 })) };
  const found = alarms({ booths: [{ id: 2, helper_at: NOW - 3 * MINUTE }] }, { fair });
  assert.deepEqual(said(found), [["help-2", ["helper-came", { booth: 2 }]]]);
  assert.deepEqual([found[0].what, found[0].detail], ["2番 小樽市 会場の係を呼んでいます", "3分前から・オンラインのブース"]);
});

test("a step of the end that was not announced is told, and leads to the steps", () => {
  const step = { key: "warn", at: NOW, title: "終了を知らせる", sentence: { ja: "…", en: "…", minutes: 15 } };
  const [alarm] = alarms({}, { steps: [step] });
  assert.deepEqual([alarm.what, alarm.leads, alarm.grave], ["終了を知らせる", "closing", 0]);
  assert.deepEqual(alarms({}, { steps: [{ ...step, sentence: null }] }), []);
});
