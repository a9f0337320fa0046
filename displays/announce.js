/**
 * What is announced by sound: every call and every recall once, in order, and one chime for those that come together.
 *
 * @module
 */

/** Calls within this time share one chime, ms. */
export const SHARED_MS = 2000;
/** How long a new or recalled call blinks, ms. */
export const BLINK_MS = 3000;
/** How many of the latest announcements are remembered; older ones cannot come again. */
const REMEMBERED = 1000;

/**
 * @typedef {object} Announcement
 * @property {number[]} offsets of the events announced, in their order
 * @property {boolean} rings whether the chime starts anew, or the one that has just begun counts for these too
 */

/** Decides what rings. It makes no sound itself. */
export class Announcer {
  /** The offsets of what was announced, oldest first. @type {Set<number>} */
  #announced = new Set();
  #rangAt = -Infinity;

  /**
   * Takes what has just been lit.
   *
   * @param {readonly number[]} news offsets of the events that called or recalled
   * @param {number} now ms on a clock that never goes back
   * @returns {Announcement | null} null: nothing that was not announced before
   */
  announce(news, now) {
    const offsets = [...new Set(news)].filter((offset) => !this.#announced.has(offset)).sort((a, b) => a - b);
    if (!offsets.length) return null;
    for (const offset of offsets) this.#announced.add(offset);
    for (const offset of this.#announced) {
      if (this.#announced.size <= REMEMBERED) break;
      this.#announced.delete(offset);
    }
    const rings = now - this.#rangAt >= SHARED_MS;
    if (rings) this.#rangAt = now;
    return { offsets, rings };
  }
}
