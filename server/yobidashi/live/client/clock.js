/**
 * The fair's clock on a page: the server's time through a measured offset, and the fair's own offset and rate above it.
 *
 * A demonstration fair may run at another speed; every time on the board is in the fair's clock.
 *
 * @module
 */

/** @typedef {import("./wire.js").ClockRow} ClockRow */

/** How many of the latest time signals count: at a beat every 3 s, about a minute. */
export const SIGNALS = 20;

/** A clock that is set by the times the server sends. */
export class Clock {
  /** Server time minus this machine's monotonic time, one value a signal, oldest first. @type {number[]} */
  #offsets = [];
  /** @type {ClockRow | null} */
  #row = null;
  /** The latest fair time given out: the display never runs backwards. */
  #shown = -Infinity;
  /** @type {() => number} */
  #monotonic;

  /** @param {() => number} [monotonic] this machine's monotonic time in ms */
  constructor(monotonic = () => performance.now()) {
    this.#monotonic = monotonic;
  }

  /**
   * Takes the server's time as it arrives.
   *
   * @param {number} realNowMs
   */
  hear(realNowMs) {
    this.#offsets.push(realNowMs - this.#monotonic());
    if (this.#offsets.length > SIGNALS) this.#offsets.shift();
  }

  /**
   * Takes the fair's offset and rate; a fair without them keeps real time.
   *
   * @param {ClockRow | null} row
   */
  set row(row) {
    const before = this.#row;
    const same = before?.real === row?.real && before?.fair === row?.fair && before?.rate === row?.rate;
    if (!same) this.#shown = -Infinity;
    this.#row = row;
  }

  /** The server's real time in ms; before the first signal, this machine's. */
  realNow() {
    // A delayed signal makes the server seem earlier than it is, never later: the largest offset had the least delay.
    return this.#offsets.length ? Math.max(...this.#offsets) + this.#monotonic() : Date.now();
  }

  /** The fair's time in ms, never earlier than it was before while the clock is not set anew. */
  now() {
    const real = this.realNow();
    const fair = this.#row ? this.#row.fair + (real - this.#row.real) * this.#row.rate : real;
    this.#shown = Math.max(this.#shown, fair);
    return Math.round(this.#shown);
  }
}

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * "13:20" on the wall of the fair.
 *
 * @param {number} ms
 * @param {string} timezone of the fair: "Asia/Tokyo"
 * @returns {string}
 */
export function formatTime(ms, timezone) {
  return formatSeconds(ms, timezone).slice(0, -3);
}

/**
 * "13:19:42" on the wall of the fair.
 *
 * @param {number} ms
 * @param {string} timezone
 * @returns {string}
 */
export function formatSeconds(ms, timezone) {
  let format = formats.get(timezone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-GB", { timeZone: timezone, timeStyle: "medium", hourCycle: "h23" });
    formats.set(timezone, format);
  }
  return format.format(ms);
}

/**
 * A span as it runs: "0:42", "12:40", "1:02:05"; never less than "0:00".
 *
 * @param {number} ms
 * @returns {string}
 */
export function formatElapsed(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/**
 * Whole minutes of a span, rounded down; never less than 0.
 *
 * @param {number} ms
 * @returns {number}
 */
export function minutes(ms) {
  return Math.max(0, Math.floor(ms / 60_000));
}

/** @param {number} value */
function two(value) {
  return String(value).padStart(2, "0");
}
