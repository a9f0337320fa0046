/** @file The reception's own keypad, at the thumb: digits, and letters where every queue has its own series. */

import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { fair } from "client/page.js";

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** The letters the fair's queues use, in their order; empty where a party has one number. */
const LETTERS = fair.series === "queue" ? fair.queues.flatMap((queue) => queue.letter ?? []) : [];

/**
 * The keypad. It writes into the search field, which keeps the focus, so a real keyboard works beside it.
 *
 * @param {object} parts
 * @param {string} parts.typed what stands in the field
 * @param {(typed: string) => void} parts.type
 * @param {() => void} parts.leave goes back to the reception
 * @param {(() => void)|null} [parts.letter] かな・コード: takes letters from the device's own keyboard
 * @param {(() => void)|null} [parts.scan] 読取: reads a code by the camera
 * @returns {import("lit-html").TemplateResult}
 */
export function keypad({ typed, type, leave, letter = null, scan = null }) {
  const back = html`<button type="button" class="button word" @click=${() => type(typed.slice(0, -1))}>1字消す</button>`;
  const close = html`<button type="button" class="button word" @click=${leave}>受付に戻る</button>`;
  // Letters come first on a ticket (A12), so an empty field asks for one.
  if (LETTERS.length > 0 && typed === "") {
    return html`<div class="keypad letters" @pointerdown=${keepFocus}>${LETTERS.map(key)}${close}</div>`;
  }
  if (letter !== null) return arrivalKeys(letter);
  return html`<div class="keypad" @pointerdown=${keepFocus}>${DIGITS.map(key)}${back}${key("0")}${close}</div>`;

  /** With letters and camera there is one row more. @param {() => void} press */
  function arrivalKeys(press) {
    return html`<div class="keypad" @pointerdown=${keepFocus}>
      ${DIGITS.map(key)}${back}${key("0")}
      <button type="button" class="button word" @click=${press}>かな・コード</button>
      ${scan ? html`<button type="button" class="button word" @click=${scan}>${icons.qr}読取</button>` : nothing}
      <button type="button" class="button word ${scan ? "two" : "three"}" @click=${leave}>受付に戻る</button>
    </div>`;
  }

  /** @param {string} sign */
  function key(sign) {
    return html`<button type="button" class="button" @click=${() => type(typed + sign)}>${sign}</button>`;
  }
}

/** A key must not take the caret out of the field. @param {PointerEvent} event */
function keepFocus(event) {
  event.preventDefault();
}
