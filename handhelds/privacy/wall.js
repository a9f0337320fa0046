/** @file A clock on the fair's wall: moments as a field for date and time writes them, wherever the browser is. Pure. */

/** The time of one zone. */
export class Wall {
  /** @param {string} timezone "Asia/Tokyo" */
  constructor(timezone) {
    this.format = new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "medium" });
  }

  /** @param {number} ms @returns {string} "2026-02-14T13:20" */
  field(ms) {
    return this.format.format(ms).replace(" ", "T").slice(0, 16);
  }

  /**
   * @param {string} text "2026-02-14T13:20"
   * @returns {number} ms; NaN for anything else
   */
  moment(text) {
    const asUtc = Date.parse(`${text}Z`);
    if (Number.isNaN(asUtc)) return NaN;
    const first = asUtc - this.#ahead(asUtc);
    return asUtc - this.#ahead(first); // once more: the clock may be put forward between the two
  }

  /** How far the wall is ahead of UTC at a moment, ms. @param {number} ms */
  #ahead(ms) {
    return Date.parse(`${this.format.format(ms).replace(" ", "T")}Z`) - Math.floor(ms / 1000) * 1000;
  }
}
