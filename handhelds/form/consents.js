/** @file What is asked for each recipient: the text in full, then yes or no, equally large and neither preset. */

import { repeat } from "client/directives.js";
import { html } from "client/view.js";
import { describedBy, faultLine, idOf, question } from "./label.js";
import { radio } from "./press.js";

/** @typedef {import("./form.js").Form} Form */

const DECISIONS = [
  { key: "yes", ja: "同意する", en: "I agree" },
  { key: "no", ja: "同意しない", en: "I do not agree" },
];

/** @param {Form} form */
export function consents(form) {
  return repeat(form.fair.consents, (consent) => consent.key, (consent) => decision(form, consent));
}

/** @param {Form} form @param {import("client/page.js").FairConsent} consent */
function decision(form, consent) {
  const field = `consents.${consent.key}`;
  return html`<fieldset class="field consent" data-field=${field} role="radiogroup" aria-required="true"
    aria-invalid=${form.fault(field) !== null} aria-describedby=${describedBy(form, field, true)}>
    <legend>${question({ ja: `${consent.recipient}への提供`, en: "Consent" }, true)}</legend>
    <div id=${`${idOf(field)}-hint`}>
      <p>${consent.ja}</p>
      <p class="en" lang="en">${consent.en}</p>
    </div>
    <div class="options two">${DECISIONS.map((option) => radio({
      name: idOf(field),
      option,
      chosen: form.consents[consent.key] === (option.key === "yes"),
      choose: () => form.decide(consent.key, option.key === "yes"),
    }))}</div>
    ${faultLine(form, field)}
  </fieldset>`;
}

/** The notice before anything is asked. @param {Form} form */
export function notice(form) {
  const privacy = form.fair.privacy;
  if (!privacy) return html``;
  const day = privacy.kept_until;
  return html`<section class="notice" aria-labelledby="form-notice">
    <h2 id="form-notice">個人情報の取り扱い <span class="en" lang="en">Your personal data</span></h2>
    <p>${privacy.ja}</p>
    <p class="en" lang="en">${privacy.en}</p>
    <dl>
      <div><dt>保管の期限 <span class="en" lang="en">Kept until</span></dt><dd>${day ?? "—"}</dd></div>
      <div><dt>お問い合わせ <span class="en" lang="en">Contact</span></dt><dd>${privacy.contact}</dd></div>
    </dl>
  </section>`;
}
