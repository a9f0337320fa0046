/** @file 番号を指定して呼ぶ: the page's own keypad, and what the typed number means. */

import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";

/** A figure space keeps the line where the number will stand. */
const NO_DIGITS = "\u2007";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * The keypad in the place of the state panel.
 *
 * @param {object} parts
 * @param {string} parts.typed the digits so far
 * @param {import("./choice.js").Choice} parts.choice what they mean
 * @param {(digit: string) => void} parts.onDigit
 * @param {() => void} parts.onErase takes the last digit away
 * @returns {import("lit-html").TemplateResult}
 */
export function keypad({ typed, choice, onDigit, onErase }) {
  const { chosen, why } = choice;
  return html`<section class="state choose" aria-label="番号を指定して呼ぶ">
    <div class="choose-number">
      <h2>番号を指定して呼ぶ</h2>
      <p class="number typed" aria-live="polite">${chosen?.ticket.number ?? (typed || NO_DIGITS)}</p>
      <p class="choose-who" role="status">
        ${chosen ? html`<strong>${chosen.size}名</strong> ${chosen.chairs ? html`<span class="chairs">椅子+${chosen.chairs}</span>` : nothing}` : nothing}
        ${why || (chosen || typed ? nothing : "番号を押すか、お待ちの方から選びます")}
      </p>
    </div>
    <div class="keypad" role="group" aria-label="数字">
      ${KEYS.map((key) => digit(key, onDigit))}
      <button type="button" class="button word" @click=${onErase} aria-label="1文字消す">${icons.erase}消す</button>
      ${digit("0", onDigit)}
    </div>
  </section>`;
}

/**
 * @param {string} key
 * @param {(digit: string) => void} onDigit
 */
function digit(key, onDigit) {
  return html`<button type="button" class="button" @click=${() => onDigit(key)}>${key}</button>`;
}
