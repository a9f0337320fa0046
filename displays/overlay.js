/**
 * Calls laid over a video: which ones, in which half, for how long. It knows neither the page nor the clock on the wall.
 *
 * The rule: a call takes the lower half at once, the next one the upper half, each for 10 s. Where both are taken, the one that has had
 * the longest, at least 4 s, yields. A call that is no longer open leaves at once. A recall begins anew. What is heard of late, or again
 * after an undo, is no news here: the calls screen shows it.
 *
 * @module
 */

import { BLINK_MS } from "./announce.js";

/** @typedef {import("./calls/stage.js").Call} Call */

/** How long a call covers the video, ms. */
export const SHOWN_MS = 10_000;
/** How long it does so at least while others wait, ms. */
export const LEAST_MS = 4_000;
/** Halves: 0 the lower, 1 the upper one. */
const HALVES = 2;

/**
 * @typedef {object} Entry
 * @property {Call} call
 * @property {number | null} since when it is shown, ms; null: it waits for its turn, or has had it
 * @property {boolean} due it waits for its turn
 * @property {boolean} told it has been announced
 * @property {number} blinkUntil ms
 */

/** @typedef {{call: Call, half: number, blinking: boolean}} Laid */

/** What covers the video, now. */
export class Overlay {
  /** @type {(Entry | null)[]} */
  #halves = new Array(HALVES).fill(null);
  /** The open calls by offset. @type {Map<number, Entry>} */
  #entries = new Map();
  #heard = 0;

  /**
   * Takes what is called now and what time it is.
   *
   * @param {readonly Call[]} calls every open call
   * @param {number} now ms on a clock that never goes back
   * @param {boolean} [live] false: the page no longer knows what is called, so nothing new is shown
   * @returns {Call[]} the calls that have just come into sight: to be announced
   */
  update(calls, now, live = true) {
    const open = new Set(calls.map(({ offset }) => offset));
    for (const [offset, entry] of this.#entries) {
      if (open.has(offset)) continue;
      this.#leave(entry);
      this.#entries.delete(offset);
    }
    for (const call of [...calls].sort((a, b) => a.offset - b.offset)) this.#hear(call, now);
    for (const entry of this.#halves) if (entry && now - Number(entry.since) >= SHOWN_MS) this.#leave(entry);
    return live ? this.#seat(now) : [];
  }

  /**
   * The calls over the video, in the order they were heard of.
   *
   * @param {number} now ms
   * @returns {Laid[]}
   */
  laid(now) {
    return [...this.#entries.values()].flatMap((entry) => {
      const half = this.#halves.indexOf(entry);
      return half < 0 ? [] : [{ call: entry.call, half, blinking: now < entry.blinkUntil }];
    });
  }

  /**
   * When something changes by time alone.
   *
   * @param {number} now ms
   * @returns {number} ms; Infinity: not before the next event
   */
  nextChange(now) {
    const waiting = [...this.#entries.values()].some(({ due }) => due);
    const times = this.#halves.flatMap((entry) => {
      if (!entry) return [];
      const since = Number(entry.since);
      return [entry.blinkUntil, since + SHOWN_MS, ...(waiting ? [since + LEAST_MS] : [])];
    });
    return Math.min(Infinity, ...times.filter((time) => time > now));
  }

  /** @param {Call} call @param {number} now */
  #hear(call, now) {
    const entry = this.#entries.get(call.offset);
    if (!entry) {
      const due = !call.late && call.offset > this.#heard;
      this.#heard = Math.max(this.#heard, call.offset);
      this.#entries.set(call.offset, { call, since: null, due, told: false, blinkUntil: -Infinity });
      return;
    }
    const again = call.recalls > entry.call.recalls && !call.late;
    entry.call = call;
    if (!again) return;
    entry.told = false;
    entry.due = true;
    if (entry.since !== null) entry.since = now;
  }

  /** Shows whoever waits, as far as there is room. @param {number} now */
  #seat(now) {
    /** @type {Call[]} */
    const news = [];
    for (const entry of [...this.#entries.values()].filter(({ due }) => due).sort((a, b) => a.call.news - b.call.news)) {
      const half = entry.since === null ? this.#room(now) : this.#halves.indexOf(entry);
      if (half < 0) break;
      const before = this.#halves[half];
      if (before && before !== entry) this.#leave(before);
      this.#halves[half] = entry;
      Object.assign(entry, { since: now, due: false, blinkUntil: now + BLINK_MS });
      if (!entry.told) news.push(entry.call);
      entry.told = true;
    }
    return news;
  }

  /** The half that may be taken: a free one, else that of the one that has had the longest; -1: none. @param {number} now */
  #room(now) {
    const free = this.#halves.indexOf(null);
    if (free >= 0) return free;
    const had = /** @type {Entry[]} */ (this.#halves).filter(({ since }) => now - Number(since) >= LEAST_MS);
    had.sort((a, b) => Number(a.since) - Number(b.since));
    return had.length ? this.#halves.indexOf(had[0]) : -1;
  }

  /** @param {Entry} entry */
  #leave(entry) {
    const half = this.#halves.indexOf(entry);
    if (half >= 0) this.#halves[half] = null;
    entry.since = null;
    entry.due = false;
  }
}
