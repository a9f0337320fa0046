import assert from "node:assert/strict";
import { test } from "node:test";
import { booth } from "./booth.js";

const { LEGEND, SHORTCUT, keyAct } = await booth("keys.js");

test("keyboard, presenter and call button mean the same acts", () => {
  const cases = {
    main: [" ", "Enter", "PageDown", "ArrowRight", "F13"],
    recall: ["F2", "PageUp", "ArrowLeft", "F14"],
    absent: ["F3", "F15"],
    finish: ["F4", "b", ".", "F16"],
    hold: ["F6"],
    undo: ["F9"],
    pause: ["F10"],
    back: ["Escape"],
    keys: ["?"],
    "digit-7": ["7"],
  };
  for (const [act, keys] of Object.entries(cases)) {
    for (const key of keys) assert.equal(keyAct({ key }), act, key);
  }
});

test("what belongs to the browser stays with it", () => {
  for (const key of ["F5", "F11", "F12", "Tab", "Shift", "a", "Process"]) assert.equal(keyAct({ key }), null, key);
  for (const held of ["ctrlKey", "altKey", "metaKey", "isComposing"]) assert.equal(keyAct({ key: "Enter", [held]: true }), null, held);
});

test("every key that is named on the page means what the page says", () => {
  for (const [act, key] of Object.entries(SHORTCUT)) assert.equal(keyAct({ key: key === "Space" ? " " : key }), act);
  for (const [keys] of LEGEND) {
    for (const key of keys.split(" / ")) assert.notEqual(keyAct({ key: { Space: " ", Esc: "Escape" }[key] ?? key }), null, key);
  }
});
