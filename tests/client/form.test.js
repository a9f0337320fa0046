import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Form } from "../../handhelds/form/form.js";

const field = (key, kind, changes = {}) => ({ key, kind, on: ["reservation", "card"], required: ["card"], options: [], ...changes });

const FAIR = {
  limits: { largest_party: 4 },
  form: { version: "1", fields: [field("name", "text"), field("themes", "choices"), field("mail", "mail", { on: ["reservation"] })] },
  consents: [{ key: "city" }, { key: "furusato" }],
  reservation: { wishes: 2, slots: [100, 200], capacity: { otaru: 1 } },
};

let drawn;
let form;

beforeEach(() => {
  drawn = 0;
  form = new Form({ fair: FAIR, stage: "card", changed: () => (drawn += 1) });
});

const fault = (at) => ({ field: at, ja: "お答えください。", en: "Please answer this." });

function refuse(...fields) {
  form.refused({ ja: "確かめてください。", en: "Check it.", detail: { faults: fields.map(fault) } });
}

test("a card asks its own fields and wishes for nothing", () => {
  assert.deepEqual(form.fields.map((each) => each.key), ["name", "themes"]);
  assert.ok(form.required(form.fields[0]));
  assert.equal(form.wishes, null);
  assert.deepEqual(form.body, { party: { adults: 0, children: 0 }, answers: {}, consents: {} });
});

test("a reservation asks more, and carries its wishes", () => {
  form = new Form({ fair: FAIR, stage: "reservation", changed: () => {} });
  assert.deepEqual(form.fields.map((each) => each.key), ["name", "themes", "mail"]);
  assert.equal(form.required(form.fields[0]), false);
  form.wish((wishes) => wishes.chooseQueue("otaru"));
  form.wish((wishes) => wishes.chooseSlot(200));
  assert.deepEqual(form.body.wishes, [{ queue: "otaru", slot: 200 }]);
});

test("what is filled in is what is sent", () => {
  form.count("adults", 1);
  form.answer("name", "見本 太郎");
  form.toggle("themes", "work");
  form.toggle("themes", "housing");
  form.toggle("themes", "work");
  form.decide("city", false);
  assert.deepEqual(form.body, {
    party: { adults: 1, children: 0 },
    answers: { name: "見本 太郎", themes: ["housing"] },
    consents: { city: false },
  });
  form.unanswer("name");
  assert.equal("name" in form.body.answers, false);
  assert.equal(drawn, 7);
});

test("nobody goes below none or above the largest party", () => {
  form.count("children", -1);
  for (let i = 0; i < 9; i += 1) form.count("adults", 1);
  form.count("children", 1);
  assert.deepEqual(form.party, { adults: 4, children: 0 });
  assert.equal(form.canCount("children", 1), false);
  assert.equal(form.canCount("adults", -1), true);
});

test("known answers stand there already, without those this stage does not ask", () => {
  const filled = { party: { adults: 2, children: 1 }, answers: { name: "見本 太郎", mail: "taro@example.jp" }, consents: { city: true } };
  form = new Form({ fair: FAIR, stage: "card", changed: () => {}, filled });
  assert.deepEqual(form.body, { ...filled, answers: { name: "見本 太郎" } });
  form.decide("city", false);
  assert.equal(filled.consents.city, true, "what was given is not changed");
});

test("a refusal stands beside the fields it is about, and nothing filled in is lost", () => {
  form.answer("name", "x".repeat(99));
  refuse("answers.name", "party.adults", "consents.city");
  assert.equal(form.failure.ja, "確かめてください。");
  assert.equal(form.fault("answers.name").en, "Please answer this.");
  assert.equal(form.fault("party").field, "party.adults");
  assert.equal(form.fault("answers.themes"), null);
  assert.equal(form.fault("answers.nam"), null, "a name that only begins alike is another");
  assert.equal(form.answers.name.length, 99);
});

test("what is changed is at fault no longer; with the last fault the sentence goes too", () => {
  refuse("answers.name", "party.adults");
  form.answer("name", "見本");
  assert.equal(form.fault("answers.name"), null);
  assert.ok(form.failure);
  form.count("adults", 1);
  assert.equal(form.failure, null);
});

test("a refusal without faults is still told", () => {
  form.refused({ ja: "つながりません。", en: "Cannot be reached." });
  assert.equal(form.failure.ja, "つながりません。");
  assert.equal(form.faults.size, 0);
});

test("a fair without a form asks for the party alone", () => {
  form = new Form({ fair: { ...FAIR, form: null, reservation: null }, stage: "reservation", changed: () => {} });
  assert.deepEqual(form.fields, []);
  assert.deepEqual(form.body, { party: { adults: 0, children: 0 }, answers: {}, consents: {} });
});
