/**
 * For a page that gets no socket through: it asks the server again and again what it lacks, and gets the frames a socket would bring.
 *
 * It asks only while nothing else is heard. The socket is tried on (connection.js), and once it speaks this is silent.
 *
 * @module
 */

import { problemOf } from "./closing.js";
import { decodeFrames, WireError } from "./wire.js";

/** @typedef {import("./closing.js").Problem} Problem */
/** @typedef {import("./wire.js").Frame} Frame */
/** @typedef {import("./wire.js").Position} Position */

/**
 * The times polling goes by, in ms.
 *
 * @typedef {object} Limits
 * @property {number} every_ms from one question to the next, and the silence after which the first is asked; below `LIMITS.silence_ms` of
 *   connection.js by more than an answer takes
 * @property {number} answer_ms an answer that takes longer is no longer waited for
 * @property {number} look_ms how often it is looked whether to ask
 */

/** @type {Readonly<Limits>} */
export const LIMITS = Object.freeze({ every_ms: 4_000, answer_ms: 8_000, look_ms: 500 });

/** The close code that says the same as an answer without a page behind it (closing.js). */
const UNKNOWN_LINK = 4507;

/**
 * @typedef {object} Asker
 * @property {() => number} unheard for how many ms nothing was heard
 * @property {() => Position | null} position where the page is; null: send everything
 * @property {() => void} forget the position is worth nothing any more
 * @property {(frame: Frame) => boolean} take false: the frame does not fit, ask anew
 * @property {(problem: Problem) => void} refused the server does not know this page; nothing is asked again
 */

/** Asks until it is closed. */
export class Polling {
  /** @type {string} */
  #url;
  /** @type {Asker} */
  #asker;
  /** @type {Limits} */
  #limits;
  /** @type {ReturnType<typeof setInterval>} */
  #looking;
  #over = false;
  #asking = false;
  #askedAt = -Infinity;

  /**
   * @param {string} url of http(s)
   * @param {Asker} asker
   * @param {Partial<Limits>} [limits]
   */
  constructor(url, asker, limits = {}) {
    this.#url = url;
    this.#asker = asker;
    this.#limits = { ...LIMITS, ...limits };
    this.#looking = setInterval(() => void this.#look(), this.#limits.look_ms);
  }

  /** Asks no more. */
  close() {
    clearInterval(this.#looking);
    this.#over = true;
  }

  async #look() {
    const { every_ms } = this.#limits;
    const now = performance.now();
    if (this.#asking || this.#asker.unheard() < every_ms || now - this.#askedAt < every_ms) return;
    this.#asking = true;
    this.#askedAt = now;
    try {
      await this.#ask();
    } finally {
      this.#asking = false;
    }
  }

  async #ask() {
    const url = new URL(this.#url);
    const position = this.#asker.position();
    if (position) {
      url.searchParams.set("epoch", String(position.epoch));
      url.searchParams.set("offset", String(position.offset));
    }
    const attempt = new AbortController();
    const late = setTimeout(() => attempt.abort(), this.#limits.answer_ms);
    try {
      // A guest network's sign-in page is not an answer.
      const response = await fetch(url, { cache: "no-store", redirect: "error", signal: attempt.signal });
      if (response.ok) this.#take(new Uint8Array(await response.arrayBuffer()));
      else if (response.status === 404) this.#refused();
    } catch (error) {
      if (error instanceof WireError) this.#asker.forget();
      // Anything else is the network: the next question comes soon.
    } finally {
      clearTimeout(late);
    }
  }

  /** @param {Uint8Array} bytes */
  #take(bytes) {
    for (const frame of decodeFrames(bytes)) {
      if (this.#over || !this.#asker.take(frame)) return;
    }
  }

  #refused() {
    if (this.#over) return;
    this.close();
    this.#asker.refused(problemOf(UNKNOWN_LINK));
  }
}
