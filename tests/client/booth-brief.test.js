import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Briefs, readable, readsBriefs } from "../../handhelds/booth/brief.js";

const BRIEF = { adults: 2, children: 1, glance: [], lines: [] };

let answer, refuse, asked, drawn, briefs;

beforeEach(() => {
  asked = [];
  drawn = 0;
  const read = (path) => {
    asked.push(path);
    return new Promise((resolve, reject) => ([answer, refuse] = [resolve, reject]));
  };
  briefs = new Briefs({ booth: 7, read, changed: () => (drawn += 1) });
});

test("a brief is read when it is asked for, once", async () => {
  const shown = briefs.show(12);
  await briefs.show(12);
  assert.deepEqual(asked, ["/booths/7/briefs/12"]);
  answer(BRIEF);
  await shown;
  assert.deepEqual(briefs.open, { ticket: 12, brief: BRIEF });
  assert.ok(drawn > 0);
});

test("a brief is forgotten when its party is gone, not before", async () => {
  const shown = briefs.show(12);
  answer(BRIEF);
  await shown;
  briefs.keep(12);
  assert.notEqual(briefs.open, null);
  briefs.keep(13);
  assert.equal(briefs.open, null);
});

test("the briefs of all who reserved stay, whoever comes", async () => {
  const shown = briefs.showBooked();
  assert.deepEqual(asked, ["/booths/7/briefs"]);
  answer({ booked: [{ slot: 1, arrived: false, brief: BRIEF }] });
  await shown;
  briefs.keep(null);
  assert.equal(briefs.open.booked.length, 1);
  briefs.close();
  assert.equal(briefs.open, null);
});

test("a refusal is told in the server's words; anything else is a fault of the page", async () => {
  const shown = briefs.show(12);
  refuse(Object.assign(new Error("だめ"), { ja: "だめ", en: "no" }));
  await shown;
  assert.deepEqual([briefs.open, briefs.failure], [null, { ja: "だめ", en: "no" }]);
  const again = briefs.show(12);
  refuse(new TypeError("a fault"));
  await assert.rejects(again, TypeError);
  assert.equal(briefs.asking, false);
});

test("who may be read about: who is here, and the next one with a reserved place", () => {
  const ticket = { id: 1, reserved: null };
  const next = { ticket: { id: 2, reserved: 5 } };
  assert.equal(readable({ state: "called", ticket, next }), ticket);
  assert.equal(readable({ state: "serving", ticket, next }), ticket);
  assert.equal(readable({ state: "idle", ticket: null, next }), next.ticket);
  assert.equal(readable({ state: "idle", ticket: null, next: { ticket } }), null);
  assert.equal(readable({ state: "paused", ticket: null, next }), null);
});

test("consultants read briefs, and nobody in a demonstration", () => {
  assert.equal(readsBriefs({ demonstration: false }, { roles: ["consultant"] }), true);
  assert.equal(readsBriefs({ demonstration: false }, { roles: ["floor", "online"] }), true);
  assert.equal(readsBriefs({ demonstration: false }, { roles: ["chief", "floor"] }), false);
  assert.equal(readsBriefs({ demonstration: true }, { roles: [] }), true);
});
