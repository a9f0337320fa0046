import assert from "node:assert/strict";
import { test } from "node:test";
import { Visits } from "../../handhelds/reception/links.js";

/** A server that gives links when it is told to. */
function asked() {
  const waiting = [];
  const visits = new Visits((party) => new Promise((resolve, reject) => waiting.push({ party, resolve, reject })), () => {});
  return { visits, waiting };
}

test("a party's link is asked for once, and kept", async () => {
  const { visits, waiting } = asked();
  const first = visits.ask(5);
  void visits.ask(5);
  assert.equal(visits.of(5), null);
  waiting[0].resolve({ url: "/t/a" });
  await first;
  await visits.ask(5);
  assert.equal(visits.of(5), "/t/a");
  assert.deepEqual(waiting.map(({ party }) => party), [5]);
});

test("a link that did not come can be asked for again", async () => {
  const { visits, waiting } = asked();
  const first = visits.ask(5);
  waiting[0].reject(new Error("no answer"));
  await first;
  assert.equal(visits.of(5), undefined);
  const second = visits.ask(5);
  waiting[1].resolve({ url: "/t/a" });
  await second;
  assert.equal(visits.of(5), "/t/a");
});

test("what comes for somebody of another life of the journal is nobody's", async () => {
  const { visits, waiting } = asked();
  const first = visits.ask(5);
  visits.clear();
  assert.equal(visits.of(5), undefined);
  const again = visits.ask(5);
  waiting[1].resolve({ url: "/t/b" });
  await again;
  waiting[0].resolve({ url: "/t/a" });
  await first;
  assert.equal(visits.of(5), "/t/b");
});
