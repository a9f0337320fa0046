/** @file One command at a time: pending until it is answered, and what the server refused, in its words. */

/** @typedef {import("client/wire.js").Change} Change */

/**
 * @typedef {object} Pending what was sent and is not answered
 * @property {string} name the command
 * @property {string} label on whom it acts ("2名・2件")
 * @property {number} since when it was sent, on the steady clock, ms
 * @property {boolean} noted whether the party has been written down on paper meanwhile, and the form is free for the next
 */

/** @typedef {{label: string, code: string, ja: string, en: string}} Failure what the server refused, in its words */

/** The act of this desk that is on its way, and the fate of the last one. */
export class Sending {
  /** @type {Pending|null} */
  pending = null;
  /** @type {Failure|null} */
  failure = null;

  /** @type {() => void} */
  #changed;
  /** @type {() => number} */
  #now;

  /** @param {() => void} changed draws @param {() => number} now a steady clock, ms */
  constructor(changed, now) {
    this.#changed = changed;
    this.#now = now;
  }

  /** How long the answer has been waited for. @returns {number} ms; 0 with nothing pending */
  get waited() {
    return this.pending === null ? 0 : this.#now() - this.pending.since;
  }

  /**
   * Do one act. While one is pending, another is the second tap of the first: it does nothing.
   *
   * @template T
   * @param {string} name the command
   * @param {string} label on whom it acts
   * @param {() => Promise<T>} act sends it; rejects with a `CommandError` where the server refuses
   * @param {(answer: T, pending: Pending) => void} done
   * @returns {Promise<void>} fulfilled when it is over, refused or not
   */
  async run(name, label, act, done) {
    if (this.pending) return;
    const pending = { name, label, since: this.#now(), noted: false };
    this.pending = pending;
    this.failure = null;
    this.#changed();
    try {
      const answer = await act();
      this.pending = null;
      done(answer, pending);
    } catch (error) {
      this.pending = null;
      this.failure = failureOf(error, label);
    } finally {
      this.#changed();
    }
  }
}

/**
 * @param {unknown} error
 * @param {string} label
 * @returns {Failure}
 * @throws {unknown} what is no refusal but a fault of the page
 */
function failureOf(error, label) {
  if (!(error instanceof Error && "code" in error && "ja" in error && "en" in error)) throw error;
  return { label, code: String(error.code), ja: String(error.ja), en: String(error.en) };
}
