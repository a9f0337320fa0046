/**
 * How long to wait before the next attempt: full jitter, so that a hall of pages does not come back in one instant.
 *
 * @module
 */

/** The first wait is at most this long, in ms. */
export const FIRST_MS = 250;
/** No wait is longer than this, in ms. */
export const LONGEST_MS = 8000;

/** Waits that double at most, each a random part of its limit. */
export class Backoff {
  #attempts = 0;
  /** @type {() => number} */
  #random;

  /** @param {() => number} [random] from 0 up to, not including, 1 */
  constructor(random = Math.random) {
    this.#random = random;
  }

  /** The next wait in ms. */
  next() {
    const limit = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#attempts);
    this.#attempts += 1;
    return this.#random() * limit;
  }

  /** After a time of success, or when a person is waiting: the next wait is a short one again. */
  reset() {
    this.#attempts = 0;
  }
}
