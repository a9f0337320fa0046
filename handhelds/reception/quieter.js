/** @file Where a party may go instead of a queue with a long wait: asked from the server, and kept while the question is the same. */

/** @typedef {import("./waits.js").Waits} Waits */
/** @typedef {{queue: string, saves_min: number}} Quieter a quieter queue, and how many minutes earlier a talk would begin there */

/**
 * Which of the chosen queues to ask about: the one with the longest wait. Who is served soon anywhere needs no advice.
 *
 * @param {Iterable<string>} chosen queue ids
 * @param {Waits|null} waits
 * @returns {string|null} null where there is nothing to ask
 */
export function longestOf(chosen, waits) {
  let longest = null;
  for (const id of chosen) {
    const guide = waits?.get(id);
    if (guide?.level === "quiet") return null;
    if (guide?.band && (longest === null || guide.band.high > longest.high)) longest = { id, high: guide.band.high };
  }
  return longest?.id ?? null;
}

/** Asks one question at a time, and each again with every new guide. */
export class Advisor {
  /** What the answer is about. */
  #question = "";
  /** The guide that was the newest when it was asked. @type {Waits|null} */
  #waits = null;
  /** @type {Quieter|null} */
  #answer = null;
  #asking = false;
  #read;
  #changed;

  /**
   * @param {(path: string) => Promise<Quieter|null>} read reads below the fair's API address
   * @param {() => void} changed draws
   */
  constructor(read, changed) {
    this.#read = read;
    this.#changed = changed;
  }

  /**
   * What is known by now; asks where the question or the guide is a new one.
   *
   * @param {string} queue with a long wait
   * @param {number|null} party who has its number already
   * @param {Waits} waits
   * @returns {Quieter|null} null while nothing is known, or where it is nowhere quieter
   */
  about(queue, party, waits) {
    const question = new URLSearchParams({ queue, ...(party === null ? {} : { party: String(party) }) }).toString();
    const same = question === this.#question;
    if (!this.#asking && !(same && waits === this.#waits)) void this.#ask(question, waits);
    return same ? this.#answer : null;
  }

  /** @param {string} question @param {Waits} waits */
  async #ask(question, waits) {
    this.#asking = true;
    const answer = await this.#read(`/quieter?${question}`).catch(() => null); // advice that does not come is none
    this.#asking = false;
    [this.#question, this.#waits, this.#answer] = [question, waits, answer];
    this.#changed();
  }
}
