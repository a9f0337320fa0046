/** @file How many came together: adults and children, one tap a person. */

import { html } from "client/view.js";
import { bilingual, describedBy, faultLine, question } from "./label.js";

/** @typedef {import("./form.js").Form} Form */

/** @type {{who: "adults" | "children", ja: string, en: string}[]} */
const WHO = [
  { who: "adults", ja: "大人", en: "Adults" },
  { who: "children", ja: "子ども", en: "Children" },
];

/** @param {Form} form */
export function party(form) {
  return html`<fieldset class="field" data-field="party" aria-describedby=${describedBy(form, "party", false)}>
    <legend>${question({ ja: "人数", en: "How many you are" }, true)}</legend>
    <div class="steppers">${WHO.map((who) => stepper(form, who))}</div>
    ${faultLine(form, "party")}
  </fieldset>`;
}

/** @param {Form} form @param {{who: "adults" | "children", ja: string, en: string}} words */
function stepper(form, { who, ja, en }) {
  return html`<div class="stepper" role="group" aria-label=${`${ja} ${en}`}>
    <span class="stepper-who">${bilingual({ ja, en })}</span>
    ${step(form, who, -1, "−", `${ja}を1名減らす`)}
    <output class="stepper-count" aria-live="polite"><span class="digits">${form.party[who]}</span>名</output>
    ${step(form, who, 1, "＋", `${ja}を1名増やす`)}
  </div>`;
}

/**
 * What cannot be done is not shown, and its place stays.
 *
 * @param {Form} form
 * @param {"adults" | "children"} who
 * @param {1 | -1} by
 * @param {string} sign
 * @param {string} name
 */
function step(form, who, by, sign, name) {
  const can = form.canCount(who, by);
  return html`<button type="button" class="button step ${can ? "" : "absent"}" aria-label=${name} ?disabled=${!can}
    @click=${() => form.count(who, by)}>${sign}</button>`;
}
