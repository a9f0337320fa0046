/** @file The words of a question: Japanese first, English smaller beside or below, 必須 where an answer is needed, and its fault. */

import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";

/** @typedef {import("./form.js").Form} Form */

/**
 * The words of a question or of a button.
 *
 * @param {{ja: string, en: string}} words
 */
export function bilingual({ ja, en }) {
  return html`<span class="ja">${ja}</span> <span class="en" lang="en">${en}</span>`;
}

/**
 * A question's words, with its mark.
 *
 * @param {{ja: string, en: string}} words
 * @param {boolean} [required]
 */
export function question(words, required = false) {
  return html`${bilingual(words)}${required ? html` <span class="required">必須<span class="en" lang="en">needed</span></span>` : nothing}`;
}

/**
 * The word of help below a question.
 *
 * @param {string} id
 * @param {string | null} ja
 * @param {string | null} en
 */
export function hint(id, ja, en) {
  return ja ? html`<p class="hint" id=${id}>${bilingual({ ja, en: en ?? "" })}</p>` : nothing;
}

/**
 * What is wrong with a field, in words with an icon; nothing while nothing is.
 *
 * @param {Form} form
 * @param {string} field `answers.mail`, `party`, `wishes`, `consents.city`
 */
export function faultLine(form, field) {
  const fault = form.fault(field);
  return html`<p class="fault" id=${`${idOf(field)}-fault`} ?hidden=${!fault}>
    ${fault ? html`${icons.alarm}<span>${bilingual(fault)}</span>` : nothing}
  </p>`;
}

/** An id that belongs to a field alone. @param {string} field */
export function idOf(field) {
  return `form-${field.replaceAll(".", "-")}`;
}

/**
 * What describes a control to those who cannot see: its hint and its fault.
 *
 * @param {Form} form
 * @param {string} field
 * @param {boolean} hinted
 */
export function describedBy(form, field, hinted) {
  const ids = [hinted && `${idOf(field)}-hint`, form.fault(field) && `${idOf(field)}-fault`].filter(Boolean);
  return ids.length > 0 ? ids.join(" ") : nothing;
}
