/** @file A whole form as one sees it: notice, wishes, party, questions, consents. The page adds its main button (`form="visitor-form"`). */

import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { consents, notice } from "./consents.js";
import { questions } from "./fields.js";
import { bilingual } from "./label.js";
import { party } from "./party.js";
import { wishes } from "./slots.js";

/** @typedef {import("./form.js").Form} Form */

/**
 * @param {Form} form
 * @param {() => void} send the main button was pressed, or Enter
 * @returns {import("lit-html").TemplateResult}
 */
export function formView(form, send) {
  /** @param {Event} event */
  const submit = (event) => {
    event.preventDefault();
    send();
  };
  return html`<form id="visitor-form" class="visitor-form" novalidate autocomplete=${form.autofill ? "on" : "off"} @submit=${submit}>
    ${notice(form)}
    <div class="failure" role="alert">${failure(form)}</div>
    ${wishes(form)}
    ${party(form)}
    ${questions(form)}
    ${consents(form)}
  </form>`;
}

/** What the server said of the form as a whole. @param {Form} form */
function failure(form) {
  if (!form.failure) return nothing;
  return html`<p class="failed">${icons.alarm}${bilingual(form.failure)}</p>`;
}

/**
 * Bring the first fault into sight and put the focus on what mends it; call it once the form is drawn.
 *
 * @param {HTMLElement} root
 * @param {Form} form
 */
export function focusFirstFault(root, form) {
  const fields = [...root.querySelectorAll("[data-field]")];
  const first = fields.find((field) => form.fault(field.getAttribute("data-field") ?? "") !== null);
  if (!first) return;
  const control = /** @type {HTMLElement | null} */ (first.querySelector("input, textarea, button:not(:disabled)"));
  control?.focus({ preventScroll: true });
  first.scrollIntoView({ block: "start" });
}
