/**
 * @file A button for what cannot be taken back: the first press says so in the button itself, the second one acts. No dialog.
 *
 * Between the two it rests a moment, so that a double tap is one press; left alone it is as before after a few seconds.
 */

import { html, nothing } from "client/view.js";

/** A second press counts after this, ms. */
const REST_MS = 600;

/** And before this, ms. */
const ARMED_MS = 6_000;

/** Which button was pressed once, and when. One a page. */
export class Twice {
  /** @param {() => void} changed called when a button looks otherwise */
  constructor(changed) {
    this.changed = changed;
    this.key = "";
    this.at = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
  }

  /**
   * @param {string} key names the button
   * @param {() => void} act
   */
  press(key, act) {
    const waited = performance.now() - this.at;
    if (this.key !== key) return this.arm(key);
    if (waited < REST_MS) return;
    this.disarm();
    act();
  }

  /** @param {string} key */
  arm(key) {
    clearTimeout(this.timer);
    this.key = key;
    this.at = performance.now();
    this.timer = setTimeout(() => this.disarm(), ARMED_MS);
    this.changed();
  }

  disarm() {
    clearTimeout(this.timer);
    this.key = "";
    this.changed();
  }
}

/**
 * The button.
 *
 * @param {object} parts
 * @param {Twice} parts.twice
 * @param {string} parts.key
 * @param {unknown} parts.words what it says first
 * @param {string} parts.again what it says after the first press ("もう一度押すと失効します")
 * @param {() => void} parts.act
 * @returns {import("lit-html").TemplateResult}
 */
export function twiceButton({ twice, key, words, again, act }) {
  const armed = twice.key === key;
  return html`<button type="button" class="button ${armed ? "chosen" : ""}" @click=${() => twice.press(key, act)}>
    ${armed ? again : words}
    <span class="visually-hidden" role="status">${armed ? again : nothing}</span>
  </button>`;
}
