/** @file The questions of a form: one template for each kind of field. */

import { liveValue, repeat } from "client/directives.js";
import { html, nothing } from "client/view.js";
import { describedBy, faultLine, hint, idOf, question } from "./label.js";
import { checkbox, radio } from "./press.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("./form.js").FormField} FormField */

/** What the keyboard of a phone shows, and what it leaves alone. */
const TYPED = {
  text: { type: "text", inputmode: "text", lang: "ja" },
  kana: { type: "text", inputmode: "text", lang: "ja" },
  mail: { type: "email", inputmode: "email", lang: "en" },
  phone: { type: "tel", inputmode: "tel", lang: "en" },
};

const YES_NO = [
  { key: "yes", ja: "はい", en: "Yes" },
  { key: "no", ja: "いいえ", en: "No" },
];

/** @type {Record<FormField["kind"], (form: Form, field: FormField) => import("lit-html").TemplateResult>} */
const KINDS = {
  text: typed,
  kana: typed,
  mail: typed,
  phone: typed,
  long,
  choice,
  choices,
  queues,
  yes_no: yesNo,
};

/** All questions of a form, in the order of the fair's file. @param {Form} form */
export function questions(form) {
  return repeat(form.fields, (field) => field.key, (field) => KINDS[field.kind](form, field));
}

/** @param {Form} form @param {FormField} field */
function typed(form, field) {
  const { type, inputmode, lang } = TYPED[/** @type {keyof typeof TYPED} */ (field.kind)];
  return written(form, field, html`<input
    id=${idOf(at(field))} name=${field.key} type=${type} inputmode=${inputmode} lang=${lang}
    autocomplete=${(form.autofill && field.autocomplete) || "off"} autocapitalize="off" spellcheck="false"
    maxlength=${field.max ?? nothing} aria-required=${form.required(field)}
    aria-invalid=${form.fault(at(field)) !== null} aria-describedby=${describedBy(form, at(field), field.hint_ja !== null)}
    .value=${liveValue(String(form.answers[field.key] ?? ""))} @input=${write(form, field)}>`);
}

/** @param {Form} form @param {FormField} field */
function long(form, field) {
  const text = String(form.answers[field.key] ?? "");
  return written(form, field, html`<textarea
      id=${idOf(at(field))} name=${field.key} rows="4" lang="ja" autocomplete="off" maxlength=${field.max ?? nothing}
      aria-required=${form.required(field)} aria-invalid=${form.fault(at(field)) !== null}
      aria-describedby=${describedBy(form, at(field), field.hint_ja !== null)}
      .value=${liveValue(text)} @input=${write(form, field)}></textarea>
    <p class="characters">${text.length} / ${field.max}字</p>`);
}

/**
 * A line has its word of help below, so that boxes side by side stand on one line; a long text has it before one begins to write.
 *
 * @param {Form} form
 * @param {FormField} field
 * @param {unknown} control
 */
function written(form, field, control) {
  const help = hint(`${idOf(at(field))}-hint`, field.hint_ja, field.hint_en);
  return html`<div class="field written ${field.kind}" data-field=${at(field)}>
    <label for=${idOf(at(field))}>${question(field, form.required(field))}</label>
    ${field.kind === "long" ? html`${help}${control}` : html`${control}${help}`}
    ${faultLine(form, at(field))}
  </div>`;
}

/** @param {Form} form @param {FormField} field @returns {(event: Event) => void} */
function write(form, field) {
  return (event) => form.answer(field.key, /** @type {HTMLInputElement} */ (event.target).value);
}

/** @param {Form} form @param {FormField} field */
function choice(form, field) {
  return group(form, field, "options", field.options.map((option) => radio({
    name: idOf(at(field)),
    option,
    chosen: form.answers[field.key] === option.key,
    choose: () => form.answer(field.key, option.key),
    release: form.required(field) ? null : () => form.unanswer(field.key),
  })), "radiogroup");
}

/** @param {Form} form @param {FormField} field */
function yesNo(form, field) {
  return group(form, field, "options two", YES_NO.map((option) => radio({
    name: idOf(at(field)),
    option,
    chosen: form.answers[field.key] === (option.key === "yes"),
    choose: () => form.answer(field.key, option.key === "yes"),
    release: form.required(field) ? null : () => form.unanswer(field.key),
  })), "radiogroup");
}

/** @param {Form} form @param {FormField} field */
function choices(form, field) {
  return group(form, field, "options", several(form, field, field.options));
}

/** The queues in the order of the map. @param {Form} form @param {FormField} field */
function queues(form, field) {
  const options = form.fair.queues.map((queue) => ({ key: queue.id, ja: queue.short, en: queue.english }));
  return group(form, field, "options map", several(form, field, options));
}

/** @param {Form} form @param {FormField} field @param {import("./press.js").Option[]} options */
function several(form, field, options) {
  const chosen = form.chosen(field.key);
  return options.map((option) => checkbox({
    name: idOf(at(field)),
    option,
    chosen: chosen.includes(option.key),
    toggle: () => form.toggle(field.key, option.key),
  }));
}

/**
 * @param {Form} form
 * @param {FormField} field
 * @param {string} layout
 * @param {unknown} answers
 * @param {"radiogroup" | "group"} [role]
 */
function group(form, field, layout, answers, role = "group") {
  return html`<fieldset class="field" data-field=${at(field)} role=${role}
    aria-required=${role === "radiogroup" ? form.required(field) : nothing}
    aria-invalid=${role === "radiogroup" ? form.fault(at(field)) !== null : nothing}
    aria-describedby=${describedBy(form, at(field), field.hint_ja !== null)}>
    <legend>${question(field, form.required(field))}</legend>
    ${hint(`${idOf(at(field))}-hint`, field.hint_ja, field.hint_en)}
    <div class=${layout}>${answers}</div>
    ${faultLine(form, at(field))}
  </fieldset>`;
}

/** @param {FormField} field */
function at(field) {
  return `answers.${field.key}`;
}
