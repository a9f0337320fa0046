import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { Desk, REST_MS } from "../../handhelds/reception/desk.js";
import { party, ticket } from "./pages.js";

/** A server that answers when it is told to, and keeps what it was sent. */
class Wire {
  sent = [];
  send = (name, args) =>
    new Promise((resolve, reject) => {
      this.sent.push({ name, args });
      this.answer = resolve;
      this.refuse = reject;
    });
}

/** What a refusal looks like to a page. */
const refusal = Object.assign(new Error("受付停止"), { code: "issuing_stopped", ja: "受付停止", en: "stopped" });

/** An `issued` event for party 5 with a ticket in each queue. */
function issued(queues = ["ebetsu"]) {
  const tickets = queues.map((queue, index) => ticket(10 + index, { party: 5, number: "105", queue }));
  const row = party(5, { number: "105", tickets: tickets.map(({ id }) => id) });
  return { epoch: 1, offset: 7, at: 0, kind: "issued", undoes: null, parties: [row], tickets, queues: [], booths: [], clocks: [], offers: [], notices: [] };
}

let wire, desk, offered, now;

beforeEach(() => {
  wire = new Wire();
  offered = [];
  now = 10_000;
  const undo = { offer: (event, sentence) => offered.push(sentence), take: () => wire.send("undo", {}) };
  desk = new Desk({ limit: 6, send: wire.send, undo, name: (queue) => queue, changed: () => {}, now: () => now });
  desk.chooseSize(2);
  desk.chooseQueue("ebetsu");
});

test("an issue sends the choice once, however often it is asked for", async () => {
  const first = desk.issue();
  await desk.issue();
  assert.deepEqual(wire.sent, [{ name: "issue", args: { size: 2, queues: ["ebetsu"] } }]);
  wire.answer(issued());
  await first;
  assert.equal(desk.view, "result");
  assert.equal(desk.party, 5);
  assert.equal(desk.choice.size, null);
  assert.deepEqual(offered, ["105番を発券しました"]);
});

test("what was sent cannot be changed until it is answered", async () => {
  const issue = desk.issue();
  desk.chooseSize(4);
  desk.chooseQueue("otaru");
  assert.deepEqual([desk.choice.size, ...desk.choice.queues], [2, "ebetsu"]);
  wire.answer(issued());
  await issue;
});

test("a refusal keeps the choice and says why, until something else is chosen", async () => {
  const issue = desk.issue();
  wire.refuse(refusal);
  await issue;
  assert.equal(desk.sending.failure.code, "issuing_stopped");
  assert.deepEqual([desk.choice.size, ...desk.choice.queues], [2, "ebetsu"]);
  desk.chooseQueue("ebetsu");
  assert.equal(desk.sending.failure, null);
});

test("a fault of the page itself is not taken for a refusal", async () => {
  const issue = desk.issue();
  wire.refuse(new TypeError("a fault"));
  await assert.rejects(issue, TypeError);
  assert.equal(desk.sending.pending, null);
});

test("seconds of what is pending run on the steady clock", () => {
  desk.issue();
  now += 14_000;
  assert.equal(desk.sending.waited, 14_000);
});

test("the main button rests after each press and after a view that changed by itself", async () => {
  let pressed = 0;
  desk.press(() => pressed++);
  desk.press(() => pressed++);
  assert.equal(pressed, 1);
  now += REST_MS;
  const issue = desk.issue();
  wire.answer(issued());
  await issue;
  desk.press(() => pressed++);
  assert.equal(pressed, 1);
  now += REST_MS;
  desk.press(() => pressed++);
  assert.equal(pressed, 2);
});

test("a party written down on paper frees the form, and its number is announced when it comes", async () => {
  const issue = desk.issue();
  desk.show("paper");
  desk.noted();
  desk.chooseSize(3);
  wire.answer(issued());
  await issue;
  assert.equal(desk.view, "issue");
  assert.equal(desk.choice.size, 3);
  assert.deepEqual(desk.arrived, { party: 5, sentence: "105番を発券しました" });
  desk.seeArrived();
  assert.equal(desk.view, "result");
  assert.equal(desk.arrived, null);
});

test("a number that comes while the paper view is open is shown", async () => {
  const issue = desk.issue();
  desk.show("paper");
  wire.answer(issued());
  await issue;
  assert.equal(desk.view, "result");
});

test("a number that comes during a search waits to be seen", async () => {
  const issue = desk.issue();
  desk.startSearch();
  wire.answer(issued());
  await issue;
  assert.equal(desk.view, "search");
  assert.equal(desk.arrived.party, 5);
});

test("taking a whole number back clears its result, taking an added queue back does not", async () => {
  let issue = desk.issue();
  wire.answer(issued());
  await issue;
  let undo = desk.takeBack();
  const added = issued();
  added.parties[0].tickets = [10, 11];
  wire.answer({ taken: added, by: {} });
  await undo;
  assert.equal(desk.view, "result");
  undo = desk.takeBack();
  wire.answer({ taken: issued(), by: {} });
  await undo;
  assert.equal(desk.view, "issue");
});

test("a ticket's act goes back to the search, with what it did", async () => {
  desk.type("105");
  const row = ticket(10, { number: "105", queue: "ebetsu" });
  desk.choose(row);
  const hold = desk.acts.hold(row);
  assert.deepEqual(wire.sent, [{ name: "hold", args: { ticket: 10 } }]);
  wire.answer({ kind: "held" });
  await hold;
  assert.equal(desk.view, "search");
  assert.equal(desk.typed, "105");
  assert.deepEqual(offered, ["105番 ebetsuを保留しました"]);
});

test("in a new life of the journal old results are let go, the form is not", async () => {
  desk.follow({ epoch: 1 });
  const issue = desk.issue();
  wire.answer(issued());
  await issue;
  desk.follow({ epoch: 2 });
  assert.equal(desk.view, "issue");
  desk.chooseSize(2);
  desk.follow({ epoch: 3 });
  assert.equal(desk.choice.size, 2);
});

test("queues can be added only up to the limit of those the party stands in", () => {
  desk.startAdding(5, 5);
  desk.chooseAdded("otaru");
  desk.chooseAdded("chitose");
  assert.deepEqual([...desk.added.queues], ["otaru"]);
});
