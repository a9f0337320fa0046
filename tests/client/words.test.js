import assert from "node:assert/strict";
import { test } from "node:test";
import { client, ticket } from "./pages.js";

const words = await client("words.js");
const { icons, iconOf } = await client("icons.js");

test("every word stands in both languages and its icon is drawn", () => {
  for (const [table, entries] of Object.entries(words)) {
    if (typeof entries !== "object") continue;
    for (const [name, { ja, en, icon }] of Object.entries(entries)) {
      assert.match(ja, /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u, `${table}.${name}`);
      assert.match(en, /^[A-Z][a-z ,]+$/, `${table}.${name}`);
      assert.ok(icon === null || icon in icons, `${table}.${name}: ${icon}`);
    }
  }
  assert.equal(typeof iconOf(null), "symbol");
  assert.equal(iconOf("call"), icons.call);
});

test("a ticket's word", () => {
  const word = (changes, around) => words.ticketWord(ticket(1, changes), around).ja;
  assert.equal(word({}), "お待ち");
  assert.equal(word({}, { soon: true }), "まもなく");
  assert.equal(word({}, { soon: true, elsewhere: true }), "他ブース相談中");
  assert.equal(word({ state: "called" }), "呼び出し中");
  assert.equal(word({ state: "called", recalls: 1 }), "再呼出");
  assert.equal(word({ state: "serving", recalls: 1 }, { elsewhere: true }), "相談中");
  assert.equal(word({ state: "absent" }), "不在・保留");
  assert.equal(word({ state: "held" }), "不在・保留");
  assert.equal(word({ state: "finished" }), "終了");
  assert.equal(word({ state: "cancelled" }), "取消");
});

test("a booth's word", () => {
  const booth = { id: 4, queue: "ebetsu", state: "open", ticket: null, since: 0, rev: 1 };
  assert.equal(words.boothWord(booth, undefined).ja, "空き");
  assert.equal(words.boothWord({ ...booth, ticket: 1 }, ticket(1, { state: "called" })).ja, "呼び出し中");
  assert.equal(words.boothWord({ ...booth, ticket: 1 }, ticket(1, { state: "serving" })).ja, "相談中");
  assert.equal(words.boothWord({ ...booth, state: "paused" }, null).ja, "休止中");
  assert.equal(words.boothWord({ ...booth, state: "closed" }, null).en, "Closed");
  assert.equal(words.boothWord({ ...booth, queue: null, state: "closed" }, null).ja, "映像");
});

test("how full a queue is", () => {
  const limits = { quiet_min: 8, crowded_min: 25 };
  const full = (minutes) => words.crowdingWord(minutes, limits).en;
  assert.deepEqual([0, 8, 9, 24, 25, 90].map(full), ["Quiet", "Quiet", "Some wait", "Some wait", "Long wait", "Long wait"]);
});
