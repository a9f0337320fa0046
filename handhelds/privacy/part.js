/** @file One part of the privacy page: what it knows, what it is doing, and what went wrong. */

import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { faultNote } from "../door.js";
import { faultOf } from "./words.js";

/** What every part has; the parts differ in what they know and do. */
export class Part {
  /** @param {() => void} changed called when the part looks otherwise */
  constructor(changed) {
    this.changed = changed;
    this.busy = false;
    /** @type {import("./words.js").Word | null} */
    this.fault = null;
    this.note = "";
  }

  /**
   * Does something that takes a moment; a second press meanwhile does nothing.
   *
   * @param {() => Promise<string | void>} work gives the note to show when it is done
   */
  async doing(work) {
    if (this.busy) return;
    this.busy = true;
    this.fault = null;
    this.note = "";
    this.changed();
    try {
      this.note = (await work()) ?? "";
    } catch (error) {
      this.fault = faultOf(error);
    } finally {
      this.busy = false;
      this.changed();
    }
  }
}

/** @param {Part} part */
export function told(part) {
  return html`<div class="told" aria-live="polite">
    ${faultNote(part.fault)}
    ${part.note ? html`<p class="note" role="status">${icons.done} ${part.note}</p>` : nothing}
  </div>`;
}

/** @param {string} ja @param {string} en */
export function heading(ja, en) {
  return html`<h2>${ja} <span lang="en">${en}</span></h2>`;
}

/**
 * Facts of one thing, label and value.
 *
 * @param {[string, string, unknown][]} rows Japanese, English, value; a row without a value is left out
 */
export function facts(rows) {
  return html`<dl class="facts">
    ${rows.map(([ja, en, value]) =>
      value === null || value === "" || value === undefined
        ? nothing
        : html`<div><dt>${ja} <span lang="en">${en}</span></dt><dd>${value}</dd></div>`,
    )}
  </dl>`;
}

/**
 * A form that is sent by its button; what was typed goes to `send` and stays in the form until that is done.
 *
 * @param {unknown} fields
 * @param {unknown} button
 * @param {(data: FormData, form: HTMLFormElement) => void} send
 */
export function form(fields, button, send) {
  /** @param {SubmitEvent} event */
  const sent = (event) => {
    event.preventDefault();
    const element = /** @type {HTMLFormElement} */ (event.currentTarget);
    send(new FormData(element), element);
  };
  return html`<form class="fields" autocomplete="off" @submit=${sent}>${fields}<div class="acts">${button}</div></form>`;
}

/**
 * @param {object} parts
 * @param {string} parts.name
 * @param {string} parts.ja
 * @param {string} parts.en
 * @param {number} parts.max characters
 * @param {string} [parts.hint]
 * @param {boolean} [parts.needed]
 */
export function line({ name, ja, en, max, hint, needed = true }) {
  return html`<label class="field">
    <span>${ja} <span lang="en">${en}</span></span>
    <input type="text" name=${name} maxlength=${max} ?required=${needed} />
    ${hint ? html`<span class="hint">${hint}</span>` : nothing}
  </label>`;
}

/** Said at every reason: it is kept openly. */
export const NO_NAMES = "記録に残ります。お名前は書かないでください";
