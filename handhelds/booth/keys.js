/**
 * @file Keys of the booth page: a keyboard, a presenter, a call button on USB or Bluetooth (they all type keys).
 *
 * | key | act |
 * |---|---|
 * | Space, Enter, PageDown, →, F13 | the big button, whatever it is now |
 * | F2, PageUp, ←, F14 | 再呼出 |
 * | F3, F15 | 不在 |
 * | F4, b, . , F16 | 相談終了 |
 * | F6 | 保留 |
 * | F7 | 番号を指定して呼ぶ |
 * | F8 | 他ブースへ案内 |
 * | F9 | 元に戻す |
 * | F10 | 休止 / 再開 |
 * | 0–9, Backspace | a number, for 番号を指定して呼ぶ |
 * | Escape | back |
 * | ? | the list of keys |
 *
 * PageDown, PageUp, b and . are what presenters type; F13–F24 are what programmable buttons type so as not to disturb anyone.
 * A held key counts once. Keys with Ctrl, Alt or Meta belong to the browser, and so does F5.
 */

/** @typedef {"main"|"recall"|"absent"|"finish"|"hold"|"choose"|"transfer"|"undo"|"pause"|"back"|"keys"|"erase"|`digit-${number}`} KeyAct */

/** @type {Readonly<Record<string, KeyAct>>} */
const ACTS = Object.freeze({
  " ": "main",
  Enter: "main",
  PageDown: "main",
  ArrowRight: "main",
  F13: "main",
  F2: "recall",
  PageUp: "recall",
  ArrowLeft: "recall",
  F14: "recall",
  F3: "absent",
  F15: "absent",
  F4: "finish",
  b: "finish",
  B: "finish",
  ".": "finish",
  F16: "finish",
  F6: "hold",
  F7: "choose",
  F8: "transfer",
  F9: "undo",
  F10: "pause",
  Escape: "back",
  Backspace: "erase",
  "?": "keys",
});

/** The key that a button names in its `aria-keyshortcuts` and in the list of keys. */
export const SHORTCUT = Object.freeze({
  main: "Space",
  recall: "F2",
  absent: "F3",
  finish: "F4",
  hold: "F6",
  choose: "F7",
  transfer: "F8",
  undo: "F9",
  pause: "F10",
});

/** The list of keys as a page shows it: key, word. The big button's word changes with the state. */
export const LEGEND = Object.freeze([
  ["Space / Enter", "大きいボタン"],
  ["F2", "再呼出"],
  ["F3", "不在"],
  ["F4", "相談終了"],
  ["F6", "保留"],
  ["F7", "番号を指定"],
  ["F8", "他ブースへ案内"],
  ["F9", "元に戻す"],
  ["F10", "休止・再開"],
  ["Esc", "戻る"],
]);

/**
 * What one key press means.
 *
 * @param {{key: string, code?: string, repeat?: boolean, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean, isComposing?: boolean}} event
 * @returns {KeyAct|null} null: not ours
 */
export function keyAct(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
  if (/^[0-9]$/.test(event.key)) return /** @type {KeyAct} */ (`digit-${event.key}`);
  return ACTS[event.key] ?? null;
}

/**
 * Listen to the whole page.
 *
 * A button that has the focus gets its own Enter and Space from the browser, once; this listener then stays silent, so that one
 * press never acts twice. A finger or mouse leaves no focus behind: the next key is the big button's again.
 *
 * @param {Document} page
 * @param {(act: KeyAct) => void} onAct
 * @returns {() => void} stops listening
 */
export function listen(page, onAct) {
  /** @param {KeyboardEvent} event */
  const down = (event) => {
    const act = keyAct(event);
    if (act === null || event.defaultPrevented) return;
    const native = event.key === "Enter" || event.key === " ";
    if (native && page.activeElement instanceof HTMLButtonElement) {
      if (event.repeat) event.preventDefault(); // a held Enter would press the button again and again
      return;
    }
    event.preventDefault(); // Space scrolls, F3 searches, F10 opens a menu
    if (!event.repeat) onAct(act);
  };
  /** @param {Event} event */
  const released = (event) => {
    if (event instanceof MouseEvent && event.detail > 0 && page.activeElement instanceof HTMLElement) page.activeElement.blur();
  };
  page.addEventListener("keydown", down);
  page.addEventListener("click", released);
  return () => {
    page.removeEventListener("keydown", down);
    page.removeEventListener("click", released);
  };
}
