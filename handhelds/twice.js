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

/** Which button was pressed once. One a page. */
export class Twice {
  /** @param {() => void} changed called when a button looks otherwise */
  constructor(changed) {
    this.changed = changed;
    this.key = "";
    /** Whether a second press does not count yet. */
    this.resting = false;
    /** @type {ReturnType<typeof setTimeout>[]} */
    this.timers = [];
  }

  /**
   * @param {string} key names the button
   * @param {() => void} act
   */
  press(key, act) {
    if (this.key !== key) return this.arm(key);
    if (this.resting) return;
    this.disarm();
    act();
  }

  /** @param {string} key */
  arm(key) {
    this.disarm();
    this.key = key;
    this.resting = true;
    this.timers = [
      setTimeout(() => {
        this.resting = false;
        this.changed();
      }, REST_MS),
      setTimeout(() => this.disarm(), ARMED_MS),
    ];
    this.changed();
  }

  disarm() {
    this.timers.forEach(clearTimeout);
    this.key = "";
    this.resting = false;
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
  return html`<button type="button" class="button ${armed ? "chosen" : ""}" aria-disabled=${armed && twice.resting} @click=${() => twice.press(key, act)}>
    ${armed ? again : words}
    <span class="visually-hidden" role="status">${armed ? again : nothing}</span>
  </button>`;
}
