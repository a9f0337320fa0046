import assert from "node:assert/strict";
import { test } from "node:test";

import { client, party, ticket } from "./pages.js";

const { Board } = await client("board.js");
const { Guide } = await client("guide.js");
const { callKey, visitOf } = await import("../../handhelds/visitor/visit.js");
const { SENTENCES, languageOf, nameOf, waitOf } = await import("../../handhelds/visitor/language.js");

const MINUTE = 60_000;
const queue = (id, name) => ({ id, kind: "municipality", name, short: name, kana: "かな", english: id, detail: null, letter: null, talk_min: 20 });
const FAIR = {
  queues: [queue("sapporo", "札幌市"), queue("otaru", "小樽市"), queue("ebetsu", "江別市")],
  booths: [1, 2, 3].map((number) => ({ number, role: "main", queue: null, home: null, online: number === 3, seats: 2 })),
  limits: { reserved_in_a_row: 2, queues_per_party: 3 },
};

/** A board, and what the page of party 9 shows of it. */
function shown(tables, { guide = new Guide(), now = 10 * MINUTE } = {}) {
  const board = new Board();
  board.load({ epoch: 1, offset: 1, ...tables });
  return visitOf({ board, guide, fair: FAIR, party: 9, now });
}

const own = (id, changes) => ticket(id, { party: 9, number: "109", ...changes });
const ours = (tickets, changes = {}) => party(9, { number: "109", tickets: tickets.map(({ id }) => id), ...changes });

test("a party that the board does not know has no number and no place", () => {
  const visit = shown({ parties: [party(1)], tickets: [ticket(1)] });
  assert.deepEqual([visit.number, visit.places, visit.call, visit.advice], ["", [], null, null]);
});

test("places stand soonest first, with who is ahead by the rule of calling", () => {
  const mine = [own(20, { queue: "sapporo", place: 50 }), own(21, { queue: "otaru", place: 50 })];
  const others = [1, 2, 3].map((id) => ticket(id, { place: id }));
  const bands = [{ id: 20, ahead: 3, band: { low: 30, high: 45 } }, { id: 21, ahead: 0, band: { low: 0, high: 5 } }];
  const guide = new Guide({ at: 0, queues: [{ id: "sapporo", ahead: 4, booths: 1, band: null, level: "crowded" }], tickets: bands });
  const visit = shown({ parties: [ours(mine), ...others.map(({ id }) => party(id))], tickets: [...mine, ...others] }, { guide });
  assert.deepEqual(visit.places.map(({ queue: { id }, state, ahead }) => [id, state, ahead]), [["otaru", "soon", 0], ["sapporo", "waiting", 3]]);
  assert.deepEqual(visit.places[1].band, { low: 30, high: 45 });
  assert.equal(visit.places[1].level, "crowded");
});

test("while a party talks its other places are kept, and an absent one says so", () => {
  const mine = [own(20, { state: "serving", booth: 3 }), own(21, { queue: "otaru" }), own(22, { queue: "ebetsu", state: "absent", away_at: 5 })];
  const visit = shown({ parties: [ours(mine, { active: 20 })], tickets: mine });
  assert.deepEqual([visit.talk.booth, visit.talk.online], [3, true]);
  assert.deepEqual(visit.places.map(({ queue: { id }, state }) => [id, state]), [["otaru", "elsewhere"], ["ebetsu", "away"]]);
});

test("a call is one until it is called again", () => {
  const call = (changes) => shown({ parties: [ours([own(20)], { active: 20 })], tickets: [own(20, { state: "called", booth: 2, called_offset: 7, ...changes })] }).call;
  assert.equal(call({}).booth, 2);
  assert.equal(callKey(null), "");
  assert.equal(callKey(call({})), callKey(call({})));
  assert.notEqual(callKey(call({})), callKey(call({ recalls: 1 })));
  assert.notEqual(callKey(call({})), callKey(call({ called_offset: 8 })));
});

test("an offer is shown while it can be accepted, with what there is room for", () => {
  const offer = { id: 3, party: 9, ticket: 20, queue: "otaru", state: "open", at: 0, until: 20 * MINUTE, answered_at: null, answer: null, rev: 1 };
  const booths = [{ id: 2, queue: "otaru", state: "open", ticket: null, since: 0, rev: 1 }, { id: 1, queue: "otaru", state: "paused", ticket: null, since: 0, rev: 1 }];
  const rows = (mine, row = offer) => ({ parties: [ours(mine)], tickets: mine, offers: [row], booths });
  const { advice } = shown(rows([own(20)]));
  assert.deepEqual([advice.id, advice.from.id, advice.to.id, advice.booths, advice.room], [3, "sapporo", "otaru", [2], true]);
  assert.equal(shown(rows([own(20), own(21, { queue: "ebetsu" }), own(22, { queue: "bus" })])).advice.room, false);
  assert.equal(shown(rows([own(20)]), { now: 20 * MINUTE }).advice, null, "lapsed");
  assert.equal(shown(rows([own(20)]), { now: null }).advice, null, "no clock yet");
  assert.equal(shown(rows([own(20)], { ...offer, party: 8 })).advice, null, "somebody else's");
});

test("what is done is stamped once, in the order of the fair; who did not come is told", () => {
  const mine = [own(20, { queue: "ebetsu", state: "finished" }), own(21, { state: "finished" }), own(22, { state: "finished" }),
    own(23, { queue: "otaru", state: "cancelled", reason: "no_answer" }), own(24, { queue: "otaru", state: "cancelled", reason: "left" }),
    own(25, { queue: "sapporo", state: "cancelled", reason: "closed" })];
  const visit = shown({ parties: [ours(mine)], tickets: mine });
  assert.deepEqual(visit.done.map(({ id }) => id), ["sapporo", "ebetsu"]);
  assert.deepEqual(visit.lapsed.map(({ id }) => id), ["otaru"]);
  assert.deepEqual(visit.unserved.map(({ id }) => id), ["sapporo"]);
});

test("every language says every sentence", () => {
  const kinds = (say) => Object.entries(say).map(([key, value]) => `${key}:${typeof value}`).sort();
  assert.deepEqual(kinds(SENTENCES.easy), kinds(SENTENCES.ja));
  assert.deepEqual(kinds(SENTENCES.en), kinds(SENTENCES.ja));
});

test("the address chooses the language, else the browser does", () => {
  assert.deepEqual([languageOf("", "ja-JP"), languageOf("", "JA"), languageOf("", "fr"), languageOf("#easy", "en"), languageOf("#xx", "ja")], ["ja", "ja", "en", "easy", "ja"]);
});

test("a wait is a band in each language, never a promise", () => {
  const { ja, en } = SENTENCES;
  assert.deepEqual([null, { low: 0, high: 5 }, { low: 0, high: 15 }, { low: 10, high: 10 }, { low: 25, high: 40 }, { low: 65, high: 90 }].map((band) => waitOf(band, ja)),
    ["時間は未定です", "すぐ", "約15分以内", "約10分", "約25〜40分", "約60分以上"]);
  assert.equal(waitOf({ low: 25, high: 40 }, en), "about 25–40 min");
  assert.equal(nameOf(FAIR.queues[0], "easy"), "札幌市（かな）");
});
