/** @file Advice from the server: asked for while somebody looks at it, and kept while the question is the same. */

/**
 * Asks one question at a time, and each again once what its answer rests on is another.
 *
 * @template T what an answer is
 */
export class Advisor {
  /** What the answer is about. */
  #question = "";
  /** What the answer rests on. @type {unknown} */
  #ground = null;
  /** @type {T|null} */
  #answer = null;
  #asking = false;
  #read;
  #changed;

  /**
   * @param {(path: string) => Promise<T|null>} read reads below the fair's API address
   * @param {() => void} changed draws
   */
  constructor(read, changed) {
    this.#read = read;
    this.#changed = changed;
  }

  /**
   * What is known by now; asks where the question or its ground is a new one.
   *
   * @param {string} question a path below the fair's API address
   * @param {unknown} ground what the answer rests on: a guide, a position
   * @returns {T|null} null while nothing is known, and where that is the answer
   */
  about(question, ground) {
    const same = question === this.#question;
    if (!this.#asking && !(same && ground === this.#ground)) void this.#ask(question, ground);
    return same ? this.#answer : null;
  }

  /** @param {string} question @param {unknown} ground */
  async #ask(question, ground) {
    this.#asking = true;
    const answer = await this.#read(question).catch(() => null); // advice that does not come is none
    this.#asking = false;
    [this.#question, this.#ground, this.#answer] = [question, ground, answer];
    this.#changed();
  }
}
