/** @file Answers to press: real radio buttons and checkboxes, each as large as its words, so that keyboard and screen reader know them. */

import { liveValue } from "client/directives.js";
import { icons } from "client/icons.js";
import { html } from "client/view.js";
import { bilingual } from "./label.js";

/** @typedef {{key: string, ja: string, en: string}} Option */

/**
 * One of several.
 *
 * @param {object} parts
 * @param {string} parts.name of the group
 * @param {Option} parts.option
 * @param {boolean} parts.chosen
 * @param {() => void} parts.choose
 * @param {(() => void) | null} [parts.release] lets go of it when it is pressed again; null: there must be an answer
 */
export function radio({ name, option, chosen, choose, release = null }) {
  /** A press on what is chosen changes nothing, so only the click tells of it. */
  const click = () => {
    if (chosen) release?.();
  };
  return html`<label class="press">
    <input type="radio" name=${name} value=${option.key} .checked=${liveValue(chosen)} @change=${choose} @click=${click}>
    <span class="button">${icons.done}<span>${bilingual(option)}</span></span>
  </label>`;
}

/**
 * As many as one likes.
 *
 * @param {object} parts
 * @param {string} parts.name
 * @param {Option} parts.option
 * @param {boolean} parts.chosen
 * @param {() => void} parts.toggle
 */
export function checkbox({ name, option, chosen, toggle }) {
  return html`<label class="press">
    <input type="checkbox" name=${name} value=${option.key} .checked=${liveValue(chosen)} @change=${toggle}>
    <span class="button">${icons.done}<span>${bilingual(option)}</span></span>
  </label>`;
}
