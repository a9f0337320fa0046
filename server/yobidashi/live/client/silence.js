/**
 * How long nothing has been heard.
 *
 * Two clocks are asked and the longer silence counts: the monotonic one stands still while some machines sleep, and the wall
 * clock can be set back.
 *
 * @module
 */

/** A stop-watch that is started anew by every sign of life. */
export class Silence {
  /** @type {() => number} */
  #monotonic;
  /** @type {() => number} */
  #wall;
  #since = { monotonic: 0, wall: 0 };

  /**
   * @param {() => number} [monotonic] in ms
   * @param {() => number} [wall] in ms
   */
  constructor(monotonic = () => performance.now(), wall = Date.now) {
    this.#monotonic = monotonic;
    this.#wall = wall;
    this.end();
  }

  /** Something was heard. */
  end() {
    this.#since = { monotonic: this.#monotonic(), wall: this.#wall() };
  }

  /** For how many ms nothing was heard. */
  get ms() {
    return Math.max(this.#monotonic() - this.#since.monotonic, this.#wall() - this.#since.wall);
  }
}
