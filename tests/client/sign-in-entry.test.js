import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { badgeIn } from "../../handhelds/sign-in/badge.js";
import { Entry, firstPage } from "../../handhelds/sign-in/entry.js";

const SECRET = "tT-sqfAfdsR78ECTP8x7TQ";
const BADGE = `https://fair.example/sign-in#s07.${SECRET}`;

/** A server that answers what it is told to, and keeps what it was sent. */
class Server {
  sent = [];
  answers = [];
  ask = async (path, args) => {
    this.sent.push({ path, ...args });
    const answer = this.answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
}

const refusal = (code) => Object.assign(new Error(code), { code, ja: code, en: code });

let server, entry, entered;

beforeEach(() => {
  server = new Server();
  entered = [];
  entry = new Entry({ ask: server.ask, enter: (member) => entered.push(member), changed: () => {} });
});

/** Types digits, and waits for what the last one sets off. */
async function type(digits) {
  for (const digit of digits) entry.press(digit);
  await new Promise((resolve) => setImmediate(resolve));
}

test("a badge is its id and secret, whatever address stands before them", () => {
  assert.deepEqual(badgeIn(BADGE), { id: "s07", secret: SECRET });
  assert.deepEqual(badgeIn(` http://192.0.2.7:8000/fairs/x/sign-in#s1234.${SECRET}\n`), { id: "s1234", secret: SECRET });
  for (const other of ["", "s07", "#s07", `#x07.${SECRET}`, "https://fair.example/sign-in", `#s07.${SECRET}!`]) {
    assert.equal(badgeIn(other), null, other);
  }
});

test("a known badge asks for its PIN, and six digits sign in", async () => {
  server.answers = [{ first: false }, { id: "s07" }];
  await entry.show(BADGE);
  assert.equal(entry.step, "pin");
  await type("264813");
  assert.deepEqual(server.sent[1], { path: "/sign-in", badge: { id: "s07", secret: SECRET }, pin: "264813" });
  assert.deepEqual(entered, [{ id: "s07" }]);
});

test("a new badge chooses its PIN twice", async () => {
  server.answers = [{ first: true }, { id: "s07" }];
  await entry.show(BADGE);
  await type("264813");
  assert.equal(entry.step, "again");
  assert.equal(server.sent.length, 1);
  await type("264813");
  assert.deepEqual(server.sent[1], { path: "/sign-in/first", badge: { id: "s07", secret: SECRET }, pin: "264813", again: "264813" });
});

test("two different PINs, or a simple one, begin anew with a sentence", async () => {
  server.answers = [{ first: true }, refusal("pins_differ")];
  await entry.show(BADGE);
  await type("264813264814");
  assert.equal(entry.step, "choose");
  assert.equal(entry.typed, "");
  assert.equal(entry.fault.ja, "pins_differ");
  await type("2");
  assert.equal(entry.fault, null);
});

test("a wrong PIN is typed again with the same badge", async () => {
  server.answers = [{ first: false }, refusal("sign_in_failed"), { id: "s07" }];
  await entry.show(BADGE);
  await type("264813");
  assert.equal(entry.step, "pin");
  assert.equal(entry.fault.code, "sign_in_failed");
  await type("264814");
  assert.equal(entered.length, 1);
});

test("a badge that the camera reads once more leaves the digits that were typed", async () => {
  server.answers = [{ first: false }, { first: false }];
  await entry.show(BADGE);
  await type("26");
  await entry.show(BADGE);
  assert.deepEqual([entry.step, entry.typed, server.sent.length], ["pin", "26", 1]);
  await entry.show(BADGE.replace("s07", "s08"));
  assert.deepEqual([entry.step, entry.typed, entry.badge.id], ["pin", "", "s08"]);
});

test("digits typed while the badge is still looked up count once it is known", async () => {
  server.answers = [{ first: false }, { id: "s07" }];
  const shown = entry.show(BADGE);
  for (const digit of "2648134") entry.press(digit);
  assert.deepEqual([entry.step, entry.typed, server.sent.length], ["sending", "264813", 1]);
  entry.restart();
  await shown;
  await type("");
  assert.equal(server.sent[1].pin, "264813");
  assert.equal(entered.length, 1);
});

test("what is no badge says so and asks nobody", async () => {
  await entry.show("https://fair.example/r/abc");
  assert.equal(entry.step, "badge");
  assert.match(entry.fault.en, /not a badge/);
  assert.deepEqual(server.sent, []);
});

test("digits count only where a PIN is asked for, and no more than six", async () => {
  await type("123");
  assert.equal(entry.typed, "");
  server.answers = [{ first: false }];
  await entry.show(BADGE);
  await type("12");
  entry.erase();
  assert.equal(entry.typed, "1");
  entry.press("x");
  assert.equal(entry.typed, "1");
});

test("who works at one page goes there, everybody else to the start page", () => {
  assert.equal(firstPage({ id: "s01", roles: ["consultant"], booth: 7 }), "/booths/7");
  assert.equal(firstPage({ id: "s01", roles: ["online"], booth: 13 }), "/booths/13");
  assert.equal(firstPage({ id: "s01", roles: ["reception"], booth: null }), "/reception");
  assert.equal(firstPage({ id: "s01", roles: ["reception", "guide"], booth: null }), "/");
  assert.equal(firstPage({ id: "s01", roles: ["chief"], booth: null }), "/");
});
