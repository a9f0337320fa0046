/** @file What the server advises the floor manager, asked for again and again: which spare to open, how the day will end, which screens are silent. */

/** How often the advice is asked for, ms: the server reckons as often. */
export const ASK_MS = 5_000;

/** How often it is asked which devices still listen, ms: the server notes it once a minute. */
export const DEVICES_MS = 30_000;

/** A screen that the server has not heard of for so long has stopped, ms: an open one is noted once a minute. */
export const SILENT_MS = 150_000;

/** A screen that was last heard of so long ago is not in use today, ms. */
export const GONE_MS = 3 * 3_600_000;

/** Advice older than this is not shown any more, ms. */
export const OLD_MS = 60_000;

/**
 * @typedef {object} Advised
 * @property {{booth: number, queue: string, now_serving: string|null, saves_party_minutes: number, waiting: number,
 *   mean_ms_before: number|null, mean_ms_after: number}|null} suggestion
 * @property {{booth: number, queue: string, mean_ms_after: number}|null} take_back
 * @property {{visited: number, low: number, high: number}|null} outlook
 * @property {{estimate: {count: number, mean_error_ms: number|null, bias_ms: number|null, coverage: number|null}}} accuracy
 */

/** @typedef {{label: string, kind: string, seen: number, revoked: boolean}} Device */

/** The newest advice, and how old it is. */
export class Advice {
  /** @type {Advised|null} */
  #newest = null;
  /** @type {Device[]} */
  #devices = [];
  #heard = -Infinity;
  #asked = -Infinity;
  #askedDevices = -Infinity;

  /**
   * @param {object} parts
   * @param {(path: string) => Promise<any>} parts.read reads below the fair's API
   * @param {boolean} parts.devices whether there are enrolled devices that may be asked about
   * @param {() => number} parts.steady a clock that never goes back, ms
   * @param {() => void} parts.changed draws
   */
  constructor({ read, devices, steady, changed }) {
    this.read = read;
    this.asksDevices = devices;
    this.steady = steady;
    this.changed = changed;
  }

  /** How old what is shown is; Infinity: there is none. @returns {number} ms */
  get age() {
    return this.steady() - this.#heard;
  }

  /** @returns {Advised|null} null: none, or too old to act on */
  get newest() {
    return this.age <= OLD_MS ? this.#newest : null;
  }

  /** Ask, where it is time to. */
  pass() {
    const now = this.steady();
    if (now - this.#asked >= ASK_MS) {
      this.#asked = now;
      void this.#ask();
    }
    if (this.asksDevices && now - this.#askedDevices >= DEVICES_MS) {
      this.#askedDevices = now;
      void this.#askDevices();
    }
  }

  /** Ask at once: something was changed that the advice rests on. */
  stir() {
    this.#asked = -Infinity;
  }

  /**
   * Screens that listened today and no longer do.
   *
   * @param {number} realNow the server's time, ms
   * @returns {Device[]}
   */
  silent(realNow) {
    return this.#devices.filter(({ kind, seen, revoked }) => {
      const ago = realNow - seen;
      return kind === "screen" && !revoked && seen > 0 && ago > SILENT_MS && ago < GONE_MS;
    });
  }

  /** How many devices listen now. @param {number} realNow @returns {{screens: number, handhelds: number}|null} null: nobody knows */
  listening(realNow) {
    if (!this.asksDevices) return null;
    const on = this.#devices.filter(({ seen, revoked }) => !revoked && realNow - seen <= SILENT_MS);
    const screens = on.filter(({ kind }) => kind === "screen").length;
    return { screens, handhelds: on.length - screens };
  }

  async #ask() {
    const sent = this.steady();
    const newest = await this.read("/guide").catch(() => null); // its age tells
    if (newest === null || sent < this.#heard) return;
    this.#newest = newest;
    this.#heard = sent;
    this.changed();
  }

  async #askDevices() {
    const answer = await this.read("/devices").catch(() => null);
    if (answer !== null) this.#devices = answer.devices;
  }
}
