/**
 * The stage: which calls are shown large, where, and for how long. It knows neither the page nor the clock on the wall:
 * it is told what is called and what time it is, and says what to show.
 *
 * The rule:
 *
 * 1. A call that has not had its turn gets a plate in the order of the calls. A turn is 8 s; a recall begins it anew.
 * 2. It takes a free slot, else the slot of the oldest call that has had its turn. Where there is neither, the page splits:
 *    card → two → three → plates (2 × 4). Only a split arranges the plates (newest first); after it no plate moves.
 * 3. With eight plates that all still have their turn, the rest must wait, but nobody may be called out of sight: the last
 *    slot, then the last two, three, four, fold into a strip of up to twelve small calls each. Thirty calls in one second are
 *    six plates and a strip of twenty-four; every 8 s the next ones get the plates. The last plates are folded first, because they
 *    were lit last; one that loses its plate early is the first to get the next.
 * 4. A call that is no longer open leaves at once, and its slot is free. In the 2 × 4 a slot that nobody waits for goes to the newest
 *    open call without a plate.
 * 5. 12 s after the last call the page returns to the card. The card shows the newest open call.
 *
 * A call that is heard of late, or again after an undo, is shown but is no news: no turn, no blinking, no chime.
 *
 * @module
 */

import { BLINK_MS } from "../announce.js";
import { PLATES, foldFor } from "./fold.js";

/**
 * @typedef {object} Call one calling of one ticket; a ticket called again later, after an absence, is another call
 * @property {number} offset of its `called` event: tells calls apart and orders them
 * @property {number} ticket
 * @property {number} recalls
 * @property {number} news offset of the event that called or last recalled it
 * @property {boolean} late heard of too long after it was made to be announced
 */

/** @typedef {"card" | "two" | "three" | "plates"} Layout */
/** @typedef {{call: Call, slot: number, blinking: boolean}} Plate */

/**
 * @typedef {object} Entry what the stage remembers of an open call
 * @property {Call} call
 * @property {boolean} had it has had its turn
 * @property {boolean} told it has been announced
 * @property {number | null} lit since when it has a plate, ms
 * @property {number} blinkUntil ms
 */

/** How long a call keeps its plate before another may take it, ms. */
export const TURN_MS = 8000;
/** How long after the last call the page returns from a split, ms. */
export const QUIET_MS = 12000;

/** @type {Readonly<Record<Layout, number>>} */
const SLOTS = Object.freeze({ card: 1, two: 2, three: 3, plates: PLATES });
const LAYOUTS = /** @type {Layout[]} */ (Object.keys(SLOTS));

/** By the last call or recall. @type {(a: Entry, b: Entry) => number} */
const byNews = (a, b) => a.call.news - b.call.news;
/** @type {(a: Entry, b: Entry) => number} */
const newestFirst = (a, b) => b.call.offset - a.call.offset;

/** What is shown large, now. */
export class Stage {
  /** @type {Layout} */
  layout = "card";

  /** @type {(Entry | null)[]} */
  #slots = [null];
  /** The open calls by offset, in the order they were heard of. @type {Map<number, Entry>} */
  #entries = new Map();
  /** The newest call ever heard of, by offset. */
  #heard = 0;
  /** When the last call or recall was shown, ms. */
  #lastNews = -Infinity;
  /** What the update under way announces. @type {Call[]} */
  #announced = [];

  /**
   * Takes what is called now and what time it is.
   *
   * @param {readonly Call[]} calls every open call
   * @param {number} now ms on a clock that never goes back
   * @param {boolean} [live] false: the page no longer knows what is called, so nothing new gets a plate
   * @returns {Call[]} the calls and recalls that have just come into sight for the first time, in their order: to be announced
   */
  update(calls, now, live = true) {
    this.#announced = [];
    this.#forget(new Set(calls.map((call) => call.offset)));
    for (const call of [...calls].sort((a, b) => a.offset - b.offset)) this.#hear(call, now);
    for (const entry of this.#seated()) if (now - entry.lit >= TURN_MS) entry.had = true;
    if (this.layout === "plates") this.#fold(false);
    if (live) this.#seat(now);
    if (this.layout === "plates") this.#fold(false);
    if (this.#isOver(now, live)) this.#arrange("card", [], now);
    this.#fill(now);
    return this.#announced.sort((a, b) => a.news - b.news);
  }

  /**
   * The calls shown large, in an order that never changes while they are lit.
   *
   * @param {number} now ms
   * @returns {Plate[]}
   */
  plates(now) {
    return [...this.#entries.values()].flatMap((entry) => {
      const slot = this.#slots.indexOf(entry);
      return slot < 0 ? [] : [{ call: entry.call, slot, blinking: now < entry.blinkUntil }];
    });
  }

  /** The open calls without a plate while the last slots are folded: those whose turn comes next first. @returns {Call[]} */
  get strip() {
    if (!this.folded) return [];
    const unseated = [...this.#entries.values()].filter((entry) => entry.lit === null);
    return unseated.sort((a, b) => Number(a.had) - Number(b.had) || byNews(a, b)).map((entry) => entry.call);
  }

  /** How many of the eight slots are folded into the strip. */
  get folded() {
    return SLOTS[this.layout] - this.#slots.length;
  }

  /**
   * Whether a call blinks, on a plate or in the list.
   *
   * @param {number} offset of the call
   * @param {number} now ms
   */
  blinking(offset, now) {
    return now < (this.#entries.get(offset)?.blinkUntil ?? -Infinity);
  }

  /**
   * When something changes by time alone.
   *
   * @param {number} now ms
   * @returns {number | null} ms; null: not before the next event
   */
  nextChange(now) {
    const times = [...this.#entries.values()].map((entry) => entry.blinkUntil);
    for (const entry of this.#seated()) times.push(entry.lit + TURN_MS);
    if (this.layout !== "card") times.push(this.#lastNews + QUIET_MS);
    const coming = times.filter((time) => time > now);
    return coming.length ? Math.min(...coming) : null;
  }

  /** Calls that are no longer open leave at once. @param {Set<number>} open */
  #forget(open) {
    for (const [offset, entry] of this.#entries) {
      if (open.has(offset)) continue;
      this.#unseat(entry);
      this.#entries.delete(offset);
    }
  }

  /** @param {Call} call @param {number} now */
  #hear(call, now) {
    const entry = this.#entries.get(call.offset);
    if (!entry) {
      const old = call.late || call.offset <= this.#heard;
      this.#heard = Math.max(this.#heard, call.offset);
      this.#entries.set(call.offset, { call, had: old, told: old, lit: null, blinkUntil: -Infinity });
      return;
    }
    // A call recalled before its turn came is announced when it comes, once.
    const again = call.recalls > entry.call.recalls && entry.told && !call.late;
    entry.call = { ...call, news: again ? call.news : entry.call.news };
    if (again) this.#hearAgain(entry, now);
  }

  /** A recall stays in its slot and has its turn anew. Without a plate it blinks in the list; plates hide the list, so it gets one. */
  #hearAgain(/** @type {Entry} */ entry, /** @type {number} */ now) {
    entry.told = false;
    if (entry.lit === null && this.layout === "plates") {
      entry.had = false;
      return;
    }
    if (entry.lit !== null) {
      entry.had = false;
      entry.lit = now;
    }
    this.#tell(entry, now);
  }

  /** Blinks, and announces what has not been. @param {Entry} entry @param {number} now */
  #tell(entry, now) {
    entry.blinkUntil = now + BLINK_MS;
    this.#lastNews = now;
    if (entry.told) return;
    entry.told = true;
    this.#announced.push(entry.call);
  }

  /** Those who wait for their turn, in order. */
  #waiting() {
    return [...this.#entries.values()].filter((entry) => !entry.had && entry.lit === null).sort(byNews);
  }

  #seated() {
    return /** @type {(Entry & {lit: number})[]} */ (this.#slots.filter((entry) => entry !== null));
  }

  #newestFirst() {
    return [...this.#entries.values()].sort(newestFirst);
  }

  /** Gives a plate to everybody who waits for one and can have one. @param {number} now */
  #seat(now) {
    let waiting = this.#waiting();
    while (waiting.length) {
      const slot = this.#slotFor();
      if (slot >= 0) this.#put(/** @type {Entry} */ (waiting[0]), slot, now);
      else if (this.layout !== "plates") this.#split(waiting, now);
      else return this.#fold(true);
      waiting = this.#waiting();
    }
  }

  /** A free slot, else that of the oldest call that has had its turn, else -1. */
  #slotFor() {
    const free = this.#slots.indexOf(null);
    if (free >= 0) return free;
    const [oldest] = this.#seated()
      .filter((entry) => entry.had)
      .sort(byNews);
    return oldest ? this.#slots.indexOf(oldest) : -1;
  }

  /** Splits the page so that everybody in turn and everybody waiting is shown, as far as there is room. */
  #split(/** @type {Entry[]} */ waiting, /** @type {number} */ now) {
    const due = [...this.#seated().filter((entry) => !entry.had), ...waiting].sort(byNews);
    const layout = LAYOUTS.find((name) => SLOTS[name] >= due.length) ?? "plates";
    const rest = layout === "plates" ? this.#newestFirst().filter((entry) => entry.had) : [];
    const room = layout === "plates" ? SLOTS.plates - (due.length > SLOTS.plates ? foldFor(this.#entries.size) : 0) : SLOTS[layout];
    this.#arrange(layout, [...due, ...rest].slice(0, room), now, room);
  }

  /** Lays the page out anew, newest first. */
  #arrange(/** @type {Layout} */ layout, /** @type {Entry[]} */ shown, /** @type {number} */ now, room = SLOTS[layout]) {
    const staying = new Set(shown);
    for (const entry of this.#seated()) if (!staying.has(entry)) this.#unseat(entry);
    this.layout = layout;
    this.#slots = new Array(room).fill(null);
    shown.sort(newestFirst);
    for (const [slot, entry] of shown.entries()) this.#put(entry, slot, now);
  }

  /** @param {Entry} entry @param {number} slot @param {number} now */
  #put(entry, slot, now) {
    const before = this.#slots[slot];
    if (before) this.#unseat(before);
    this.#slots[slot] = entry;
    if (entry.lit !== null) return;
    entry.lit = now;
    if (!entry.had) this.#tell(entry, now);
  }

  /** @param {Entry} entry */
  #unseat(entry) {
    const slot = this.#slots.indexOf(entry);
    if (slot >= 0) this.#slots[slot] = null;
    entry.lit = null;
  }

  /** Folds and unfolds the last slots. @param {boolean} pressing somebody waits for a turn: even a plate that has its turn folds */
  #fold(pressing) {
    const wanted = foldFor(this.#entries.size);
    while (this.folded < wanted) {
      const last = this.#slots.at(-1);
      if (last && !last.had && !pressing) return;
      if (last) this.#unseat(last);
      this.#slots.pop();
    }
    while (this.folded > wanted) this.#slots.push(null);
  }

  /** Whether a split has done its work. @param {number} now @param {boolean} live */
  #isOver(now, live) {
    if (this.layout === "card") return false;
    const waiting = live && this.#waiting().length > 0;
    return !waiting && (now - this.#lastNews >= QUIET_MS || this.#seated().length === 0);
  }

  /** Slots that nobody waits for show the newest open calls: the card always, a page of plates because it hides list and grid. */
  #fill(/** @type {number} */ now) {
    if (this.layout !== "card" && this.layout !== "plates") return;
    for (const entry of this.#newestFirst()) {
      const free = this.#slots.indexOf(null);
      if (free < 0) return;
      if (entry.lit === null && entry.had) this.#put(entry, free, now);
    }
  }
}
