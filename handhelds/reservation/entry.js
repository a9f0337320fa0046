/** @file A reservation being written or changed: its form, the places that are left, and its one request. Draws nothing, stores nothing. */

import { CommandError, commandId } from "client/post.js";
import { Form } from "../form/form.js";

/** How often the places left are asked for, ms. */
export const PLACES_MS = 20_000;

/** What is told beside a wish whose slot others have taken. */
const FULL = Object.freeze({
  ja: "この時間は、ほかの方の予約で埋まりました。ほかの時間をお選びください。",
  en: "Others have just taken this time. Choose another one.",
});

/** What is told above the form then. */
const CHECK = Object.freeze({ ja: "ご希望の時間を確かめてください。", en: "Please check the times." });

/** @typedef {import("../form/form.js").Filled} Filled */
/** @typedef {"before" | "open" | "closed"} Period */
/** @typedef {{read: (path: string) => Promise<any>, ask: (path: string, args: object, id?: string) => Promise<any>}} Calls */

/** One reservation's form. */
export class Entry {
  /** Whether visitors can reserve now; null while that is not known. @type {Period | null} */
  period = null;
  sending = false;
  /** The id under which it is sent until it is refused: whatever arrives of it acts once. @type {string | null} */
  #id = null;
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;

  /**
   * @param {object} parts
   * @param {Calls} parts.calls
   * @param {import("client/page.js").Fair} parts.fair
   * @param {string} parts.path where it is sent, below the fair's API address
   * @param {() => void} parts.changed draws
   * @param {(answer: any) => void} parts.done the server has taken it
   * @param {() => void} [parts.refused] called once what the server would not take is drawn
   * @param {Partial<Filled>} [parts.filled] the reservation that is changed
   * @param {boolean} [parts.autofill] on the visitor's own phone
   */
  constructor({ calls, fair, path, changed, done, refused = () => {}, filled, autofill = false }) {
    this.calls = calls;
    this.path = path;
    this.changed = changed;
    this.done = done;
    this.wasRefused = refused;
    this.form = new Form({ fair, stage: "reservation", changed, autofill, filled });
    /** The places this reservation has already: they stay its own while it is changed. */
    this.own = new Set((filled?.wishes ?? []).map(placeOf));
  }

  /** Ask for the places now and again, until `stop`. */
  start() {
    void this.refresh();
    this.#timer = setInterval(() => void this.refresh(), PLACES_MS);
  }

  stop() {
    clearInterval(this.#timer);
  }

  /** Ask how many places are left; what is not answered leaves what is known. */
  async refresh() {
    const answer = await this.calls.read("/slots").catch(() => null);
    if (answer === null || !this.form.wishes) return;
    this.period = answer.period;
    this.form.wishes.places = answer.places;
    for (const place of this.own) {
      const [queue, slot] = place.split("@");
      if (answer.places[queue]) answer.places[queue][slot] = (answer.places[queue][slot] ?? 0) + 1;
    }
    this.changed();
  }

  /** Send it, once the places are looked at again; what others have taken meanwhile is told without sending. */
  async send() {
    if (this.sending) return;
    this.sending = true;
    this.changed();
    try {
      await this.refresh();
      if (this.#takenMeanwhile()) return;
      this.stop();
      this.#id ??= commandId();
      this.done(await this.calls.ask(this.path, this.form.body, this.#id));
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.#refused(error);
    } finally {
      this.sending = false;
      this.changed();
      if (this.form.failure) this.wasRefused();
    }
  }

  /** Whether a wish has no place left. */
  #takenMeanwhile() {
    const wishes = this.form.wishes;
    const full = (wishes?.made ?? []).flatMap((wish, at) => (wishes?.left(wish.queue, wish.slot) === 0 ? [at] : []));
    if (full.length === 0) return false;
    this.form.refused({ ...CHECK, detail: { faults: full.map((at) => ({ field: `wishes.${at}.slot`, ...FULL })) } });
    return true;
  }

  /** @param {CommandError} error */
  #refused(error) {
    // Without an answer it may have been taken: then the next try must be the same one. A refusal took nothing.
    if (error.status !== 0 && error.status < 500) this.#id = null;
    const at = error.detail.wish;
    const faults = typeof at === "number" ? [{ field: `wishes.${at}.slot`, ja: error.ja, en: error.en }] : error.detail.faults;
    this.form.refused({ ja: error.ja, en: error.en, detail: { faults } });
    this.start();
  }
}

/** @param {{queue: string, slot: number}} wish */
function placeOf({ queue, slot }) {
  return `${queue}@${slot}`;
}
