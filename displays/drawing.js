/**
 * When a screen is drawn: with the next frame after anything has happened, once, and again before long, because its clock shows
 * minutes and what it knows grows old.
 *
 * @module
 */

/** A screen is drawn at least so often, ms; a fair that runs faster passes more than this. */
export const CLOCK_MS = 1000;

/** The drawing of one page. */
export class Drawing {
  #frame = 0;
  #timer = 0;
  /** @type {() => number} */
  #draw;

  /** @param {() => number} draw draws the page; gives for how long it stays as it is, ms */
  constructor(draw) {
    this.#draw = draw;
  }

  /** Draws with the next frame, however often it is asked for until then. */
  soon = () => {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      const rest = this.#draw();
      clearTimeout(this.#timer);
      this.#timer = setTimeout(this.soon, Math.min(CLOCK_MS, rest));
    });
  };
}
