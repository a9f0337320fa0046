import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Arrival } from "../../handhelds/reception/arrival.js";
import { Desk } from "../../handhelds/reception/desk.js";

const FAIR = {
  form: { version: "1", fields: [{ key: "name", on: ["reservation", "card"], required: ["reservation", "card"], kind: "text" }] },
  consents: [{ key: "city", version: "2" }],
  novelty: { name: "記念品", stock: 3 },
  limits: { largest_party: 20 },
  reservation: null,
};
const CARD = { id: "c1", party: { adults: 2, children: 1 }, answers: { name: "見本" }, consents: [], history: [], reservation: null, code: "AB2345", made_at: 0 };
const KNOWN = { reservation: "r1", party: { adults: 2, children: 0 }, answers: { name: "見本" }, consents: { city: true }, wishes: [{ queue: "otaru", slot: 5 }] };

let ids = 0;
let answers, asked, desk, arrival;

/** @param {string} path @param {unknown} answer an Error is thrown */
const says = (path, answer) => answers.set(path, answer);

beforeEach(() => {
  [answers, asked] = [new Map(), []];
  const ask = async (path, args, id) => {
    asked.push({ path, args, id });
    const answer = answers.get(path);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const undo = { offer: () => {}, take: async () => null };
  desk = new Desk({ limit: 3, send: ask, undo, name: (queue) => queue, changed: () => {}, now: () => 0 });
  desk.arrival = arrival = new Arrival({ desk, fair: FAIR, read: (path) => ask(path), ask, numberOf: (party) => (party === 5 ? "105" : null), newId: () => `id${(ids += 1)}`, changed: () => {} });
});

const found = (more) => ({ reservation: null, card: null, name: "見本", kana: "", adults: 2, children: 1, code: "", wishes: [], party: null, state: null, novelty: null, ...more });

test("the only one found is opened at once: a card stands for the next number, with its persons", async () => {
  says("/arrivals/find", { found: [found({ card: "c1" })] });
  says("/cards/c1", CARD);
  desk.chooseQueue("ebetsu"); // chosen while the visitor was looking for the phone
  await arrival.look(" AB2345 ");
  await Promise.resolve();
  assert.deepEqual(asked[0].args, { text: "AB2345" });
  assert.equal(arrival.card, CARD);
  assert.deepEqual([desk.view, desk.choice.size, ...desk.choice.queues], ["issue", 3, "ebetsu"]);
});

test("another card than the one that was here takes nothing of its choice", async () => {
  says("/cards/c1", CARD);
  says("/cards/c2", { ...CARD, id: "c2", party: { adults: 1, children: 0 } });
  await arrival.choose(found({ card: "c1", wishes: KNOWN.wishes }));
  assert.deepEqual([...desk.choice.queues], ["otaru"]);
  await arrival.choose(found({ card: "c2" }));
  assert.deepEqual([desk.choice.size, desk.choice.queues.size], [1, 0]);
});

test("who has a number is shown by it", async () => {
  await arrival.choose(found({ card: "c1", party: 5 }));
  assert.deepEqual([desk.view, desk.typed, asked.length], ["search", "105", 0]);
});

test("several, or nobody, are told", async () => {
  says("/arrivals/find", { found: [] });
  await arrival.look("さとう");
  assert.deepEqual([desk.view, arrival.sought, arrival.found], ["found", "さとう", []]);
  await arrival.look("  ");
  assert.equal(asked.length, 1);
});

test("a reservation is confirmed by one act, which chooses its queues", async () => {
  says("/arrivals/r1", KNOWN);
  says("/cards", { ...CARD, reservation: "r1", party: KNOWN.party });
  await arrival.choose(found({ reservation: "r1" }));
  assert.deepEqual([desk.view, arrival.complete], ["confirm", true]);
  await arrival.confirm();
  const { party, answers: told, consents } = KNOWN;
  assert.deepEqual(asked.at(-1).args, { reservation: "r1", party, answers: told, consents });
  assert.deepEqual([desk.view, desk.choice.size, ...desk.choice.queues], ["issue", 2, "otaru"]);
});

test("what a reservation leaves open is asked", async () => {
  says("/arrivals/r1", { ...KNOWN, consents: {} });
  await arrival.choose(found({ reservation: "r1" }));
  assert.equal(arrival.complete, false);
  arrival.write();
  assert.deepEqual([desk.view, arrival.form.answers], ["card", { name: "見本" }]);
  says("/cards", CARD);
  await arrival.save();
  assert.equal(asked.at(-1).args.reservation, "r1");
});

test("the same card sent again has the same command id, another has its own", async () => {
  says("/cards", Object.assign(new Error("x"), { code: "no_answer", ja: "x", en: "x" }));
  arrival.write();
  await arrival.save();
  await arrival.save();
  arrival.form.count("adults", 1);
  await arrival.save();
  const [first, second, third] = asked.map(({ id }) => id);
  assert.equal(first, second);
  assert.notEqual(second, third);
});

test("faults of a card stand in its form, and the desk tells of them", async () => {
  const faults = [{ field: "answers.name", ja: "お答えください。", en: "Please answer." }];
  says("/cards", Object.assign(new Error("x"), { code: "invalid_answers", ja: "1か所", en: "1 place", detail: { faults } }));
  arrival.write();
  await arrival.save();
  assert.equal(arrival.form.fault("answers.name").ja, "お答えください。");
  assert.equal(desk.sending.failure.code, "invalid_answers");
});

test("a decision on an earlier text is asked anew when a card is corrected", async () => {
  const consents = [{ consent: "city", given: true, version: "1", at: 0, by: "visitor" }];
  says("/cards/c1", { ...CARD, consents });
  await arrival.choose(found({ card: "c1" }));
  arrival.correct();
  assert.deepEqual(arrival.form.consents, {});
  says("/cards/c1/correct", CARD);
  await arrival.save();
  assert.equal(asked.at(-1).path, "/cards/c1/correct");
});

test("a card is issued with its own persons unless others were chosen", async () => {
  says("/cards/c1", CARD);
  says("issue", { epoch: 1, offset: 1, at: 0, kind: "issued", parties: [{ id: 5, number: "105", tickets: [1], rev: 1 }], tickets: [{ id: 1, number: "105", rev: 1 }] });
  await arrival.choose(found({ card: "c1" }));
  desk.chooseQueue("otaru");
  desk.issue();
  assert.deepEqual(asked.at(-1).args, { card: "c1", queues: ["otaru"] });
  await new Promise(setImmediate);
  assert.deepEqual([desk.view, arrival.card], ["result", null]);
  await arrival.choose(found({ card: "c1" }));
  desk.chooseQueue("otaru");
  desk.chooseSize(2);
  desk.issue();
  assert.deepEqual(asked.at(-1).args, { card: "c1", size: 2, queues: ["otaru"] });
});

test("whoever reserved gets the gift, once it is handed", async () => {
  says("/cards/c1", { ...CARD, reservation: "r1" });
  says("/novelty", { left: 3 });
  says("/reservations/r1/novelty", { handed: 9, left: 2 });
  says("/reservations/r1/novelty/undo", { handed: null, left: 3 });
  await arrival.choose(found({ card: "c1" }));
  arrival.issued();
  await new Promise(setImmediate);
  assert.deepEqual(arrival.gift, { reservation: "r1", handed: null, left: 3 });
  await arrival.hand();
  assert.deepEqual(arrival.gift, { reservation: "r1", handed: 9, left: 2 });
  await arrival.takeGiftBack();
  assert.deepEqual(arrival.gift, { reservation: "r1", handed: null, left: 3 });
});

test("nothing of a visitor is left for the next", async () => {
  says("/cards/c1", { ...CARD, reservation: "r1" });
  await arrival.choose(found({ card: "c1", wishes: KNOWN.wishes }));
  arrival.dismiss();
  assert.deepEqual([arrival.card, arrival.wishes, arrival.found, arrival.form, arrival.gift], [null, [], [], null, null]);
  assert.deepEqual([desk.view, desk.choice.size, desk.choice.queues.size], ["issue", null, 0]);
});
