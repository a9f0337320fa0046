// The meeting of an online booth: nobody is called before its link was checked today, and the page keeps no link that stands no more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { MAIN, WHEN, board, booth, nameOf } from "./booth.js";

const { mainAct, restReason, sideActs, situation } = await booth("act.js");
const { Meeting, mayMeet } = await booth("meeting.js");

const ONLINE = { ...MAIN, online: true };
const NOON = Date.UTC(2026, 1, 14, 3);
const DAY = { ...WHEN, now: NOON };
const WAITS = [{ id: 105 }, { id: 109 }];
const HOW = { live: true, thenPause: false, nameOf };

const stands = (row, waiting = WAITS, place = ONLINE) => situation(board({ waiting, row }), place, DAY);

test("an unchecked booth opens and calls nobody, and says what to do", () => {
  for (const row of [{ state: "paused" }, { state: "closed" }, { state: "open" }, { state: "paused", meeting: 4 }]) {
    const now = stands(row);
    assert.equal(now.unchecked, true);
    assert.equal(mainAct(now, HOW), null);
    assert.equal(restReason(now, true).title, "接続確認がまだです");
    assert.ok(!sideActs(now, null, true).includes("choose"));
  }
  const serving = stands({ ticket: 101 }, [{ id: 101, state: "serving", booth: 7, active: 101 }, ...WAITS]);
  assert.equal(mainAct(serving, HOW).key, "finish", "the talk that goes on can be ended");
});

test("a check counts on its day at the fair, and a booth in the hall needs none", () => {
  const checked = (at) => stands({ state: "paused", meeting: 4, checked_at: at });
  assert.equal(mainAct(checked(NOON - 60_000), HOW).key, "open");
  assert.equal(checked(Date.UTC(2026, 1, 13, 15)).unchecked, false, "midnight in Tokyo");
  assert.equal(checked(Date.UTC(2026, 1, 13, 15) - 1).unchecked, true);
  assert.equal(stands({ state: "paused" }, WAITS, MAIN).unchecked, false);
});

test("who sees the link, and who sets it", () => {
  const may = (...roles) => mayMeet({ demonstration: false }, { roles });
  assert.deepEqual(may("online"), { read: true, write: true });
  assert.deepEqual(may("guide"), { read: true, write: false });
  assert.deepEqual(may("consultant"), { read: false, write: false });
  assert.deepEqual(mayMeet({ demonstration: true }, { roles: [] }), { read: true, write: true });
});

/** A page's meeting with a server that answers as it is told. */
function meeting(answer, may = { read: true, write: true }) {
  const asked = [];
  const made = new Meeting({
    booth: 7,
    may,
    read: (path) => (asked.push(path), answer()),
    ask: (path, args) => (asked.push([path, args]), Promise.resolve({})),
    changed: () => {},
  });
  return [made, asked];
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("the link is read when another stands, once, and not by who may not", async () => {
  const [made, asked] = meeting(async () => ({ link: "https://meet.example.com/a", meeting: 4 }));
  made.keep({ meeting: null });
  assert.deepEqual(asked, []);
  made.keep({ meeting: 4 });
  made.keep({ meeting: 4 });
  await settled();
  made.keep({ meeting: 4 });
  assert.deepEqual(asked, ["/booths/7/meeting"]);
  assert.deepEqual([made.link, made.number, made.wasOpened], ["https://meet.example.com/a", 4, false]);
  made.follow();
  assert.equal(made.wasOpened, true);
  made.keep({ meeting: 9 });
  assert.equal(made.wasOpened, false, "another link stands now");
  const [other, nothing] = meeting(async () => ({}), { read: false, write: false });
  other.keep({ meeting: 4 });
  assert.deepEqual(nothing, []);
});

test("an address of another kind is never opened, and a refusal is told", async () => {
  const [evil] = meeting(async () => ({ link: "javascript:alert(1)", meeting: 4 }));
  evil.keep({ meeting: 4 });
  await settled();
  assert.equal(evil.link, null);
  const [refused] = meeting(async () => Promise.reject(Object.assign(new Error("x"), { ja: "まだありません", en: "Not yet" })));
  refused.keep({ meeting: 4 });
  await settled();
  assert.deepEqual(refused.failure, { ja: "まだありません", en: "Not yet" });
});

test("a new link takes the place of the one on the page", async () => {
  const [made, asked] = meeting(async () => ({ link: "https://meet.example.com/b", meeting: 6 }));
  made.keep({ meeting: 4 });
  await settled();
  made.edit(true);
  await made.set("https://meet.example.com/c");
  assert.deepEqual(asked.at(-1), ["/booths/7/meeting", { link: "https://meet.example.com/c" }]);
  assert.deepEqual([made.link, made.editing, made.opened], [null, false, null]);
});
