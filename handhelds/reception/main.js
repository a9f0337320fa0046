/** @file The main button: one a view, always in the same place, resting for a moment after each press. */

import { html, nothing } from "client/view.js";

/**
 * The main button. While it rests it looks as always, says so to assistive technology, and does nothing.
 *
 * @param {import("./desk.js").Desk} desk
 * @param {string} words
 * @param {() => void} act
 * @param {string} [on] on whom it acts ("2名・2件")
 * @returns {import("lit-html").TemplateResult}
 */
export function mainButton(desk, words, act, on) {
  return html`<button
    type="button"
    class="button main"
    aria-disabled=${desk.resting}
    ?data-focus=${on === undefined}
    @click=${() => desk.press(act)}
  >
    ${words}${on === undefined ? nothing : html`<small>${on}</small>`}
  </button>`;
}

/** What stands in its place while there is nothing to press: what is missing. @param {string} sentence */
export function mainRest(sentence) {
  return html`<p class="main-rest" role="status">${sentence}</p>`;
}
