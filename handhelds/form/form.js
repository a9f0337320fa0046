/** @file What a visitor has filled in: the party, the wishes, the answers, the decisions. Draws nothing and stores nothing. */

import { Wishes } from "./wishes.js";

/** @typedef {import("client/page.js").Fair} Fair */
/** @typedef {import("client/page.js").FormField} FormField */
/** @typedef {"reservation" | "card"} Stage */
/** @typedef {string | string[] | boolean} Value */
/** @typedef {{field: string, ja: string, en: string}} Fault as the server names it: `answers.mail`, `party`, `wishes.0.slot`, `consents.city` */

/**
 * A form as the server keeps and takes it (`people/form/answers.py`).
 *
 * @typedef {object} Filled
 * @property {{adults: number, children: number}} party
 * @property {{queue: string, slot: number}[]} [wishes] a reservation's only
 * @property {Record<string, Value>} answers
 * @property {Record<string, boolean>} consents
 */

/** One form being filled in. */
export class Form {
  /** Persons (名). Nothing is preset: a preset size is a wrong size sooner or later. */
  party = { adults: 0, children: 0 };
  /** By the key of the field. @type {Record<string, Value>} */
  answers = {};
  /** By the key of the consent; what is not decided is absent. @type {Record<string, boolean>} */
  consents = {};
  /** What the server would not take, and its words as a whole. @type {{ja: string, en: string} | null} */
  failure = null;
  /** By field. @type {Map<string, Fault>} */
  faults = new Map();

  /**
   * @param {object} parts
   * @param {Fair} parts.fair
   * @param {Stage} parts.stage
   * @param {() => void} parts.changed draws
   * @param {boolean} [parts.autofill] whether the browser may offer what it knows: on the visitor's own phone only
   * @param {Partial<Filled>} [parts.filled] what is known already
   */
  constructor({ fair, stage, changed, autofill = false, filled = {} }) {
    this.fair = fair;
    this.stage = stage;
    this.autofill = autofill;
    this.changed = changed;
    this.fields = (fair.form?.fields ?? []).filter((field) => field.on.includes(stage));
    /** Null on a card. */
    this.wishes = stage === "reservation" && fair.reservation ? new Wishes(fair.reservation, filled.wishes) : null;
    this.party = { ...this.party, ...filled.party };
    const asked = new Set(this.fields.map((field) => field.key));
    this.answers = Object.fromEntries(Object.entries(filled.answers ?? {}).filter(([key]) => asked.has(key)));
    this.consents = { ...filled.consents };
  }

  /** Whether a field must be answered here. @param {FormField} field */
  required(field) {
    return field.required.includes(this.stage);
  }

  /** Answer a field; an answer is changed by giving another. @param {string} key @param {Value} value */
  answer(key, value) {
    this.answers[key] = value;
    this.#mended(`answers.${key}`);
  }

  /** Take an answer back. @param {string} key */
  unanswer(key) {
    delete this.answers[key];
    this.#mended(`answers.${key}`);
  }

  /** Choose one of several, or let go of it. @param {string} key @param {string} option */
  toggle(key, option) {
    const chosen = this.chosen(key);
    this.answer(key, chosen.includes(option) ? chosen.filter((each) => each !== option) : [...chosen, option]);
  }

  /** What is chosen of a field where several can be. @param {string} key @returns {string[]} */
  chosen(key) {
    const value = this.answers[key];
    return Array.isArray(value) ? value : [];
  }

  /** Change how many there are by one. @param {"adults" | "children"} who @param {1 | -1} by */
  count(who, by) {
    if (!this.canCount(who, by)) return;
    this.party = { ...this.party, [who]: this.party[who] + by };
    this.#mended("party");
  }

  /** Whether one more, or one fewer, is possible. @param {"adults" | "children"} who @param {1 | -1} by */
  canCount(who, by) {
    const size = this.party.adults + this.party.children;
    return by > 0 ? size < this.fair.limits.largest_party : this.party[who] > 0;
  }

  /** Decide for one recipient. @param {string} key @param {boolean} agreed */
  decide(key, agreed) {
    this.consents[key] = agreed;
    this.#mended(`consents.${key}`);
  }

  /** Change the wishes. @param {(wishes: Wishes) => void} change */
  wish(change) {
    if (!this.wishes) return;
    change(this.wishes);
    this.#mended("wishes");
  }

  /** What is sent. @returns {Filled} */
  get body() {
    const { party, answers, consents } = this;
    return this.wishes ? { party, wishes: this.wishes.made, answers, consents } : { party, answers, consents };
  }

  /**
   * The server did not take it: keep its words beside the fields they are about. Nothing of what was filled in is lost.
   *
   * @param {{ja: string, en: string, detail?: Record<string, any>}} refusal
   */
  refused({ ja, en, detail }) {
    const faults = /** @type {Fault[]} */ (Array.isArray(detail?.faults) ? detail.faults : []);
    this.failure = { ja, en };
    this.faults = new Map(faults.map((fault) => [fault.field, fault]));
    this.changed();
  }

  /**
   * The fault of a field, or of any part of it.
   *
   * @param {string} field `answers.mail`; `party` finds `party.adults` too
   * @returns {Fault | null}
   */
  fault(field) {
    for (const [at, fault] of this.faults) if (at === field || at.startsWith(`${field}.`)) return fault;
    return null;
  }

  /** What was changed is no longer at fault until the server says so again. @param {string} field */
  #mended(field) {
    for (const at of this.faults.keys()) if (at === field || at.startsWith(`${field}.`)) this.faults.delete(at);
    if (this.faults.size === 0) this.failure = null;
    this.changed();
  }
}
