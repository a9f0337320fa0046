/**
 * The calls of a screen that rings: which of them it shows, and what is heard of them.
 *
 * What was announced is told on `document` as the event `chimed`, with `detail` {offsets, rings, audible}.
 *
 * @module
 */

import { Announcer } from "./announce.js";
import { openCalls } from "./open-calls.js";

/** @typedef {import("./calls/stage.js").Call} Call */

/**
 * Calls from snapshot to snapshot. Another life of the journal begins with nothing shown and nothing told.
 *
 * @template {{update: (calls: Call[], now: number, live: boolean) => Call[]}} T what shows the calls: a stage, an overlay
 */
export class Ringing {
  /** The life of the journal that all this belongs to; null before the first snapshot. @type {number | null} */
  #epoch = null;
  #announcer = new Announcer();
  /** @type {() => T} */
  #make;
  /** @type {import("client/chime.js").Chime} */
  #chime;
  /** What shows the calls. @type {T} */
  shown;
  /** How many are called. */
  open = 0;

  /**
   * @param {() => T} make
   * @param {import("client/chime.js").Chime} chime
   */
  constructor(make, chime) {
    this.#make = make;
    this.#chime = chime;
    this.shown = make();
  }

  /**
   * Takes what is called now, and rings for what is new.
   *
   * @param {Pick<import("client/following.js").Following, "board" | "clock" | "status">} live
   * @param {number} now ms on a clock that never goes back
   * @param {() => void} [before] what is done once `shown` is up to date, before anything is heard
   */
  update({ board, clock, status }, now, before = () => {}) {
    const calls = openCalls(board, clock.now(), board.epoch === this.#epoch);
    this.open = calls.length;
    if (board.epoch !== this.#epoch) {
      this.#epoch = board.epoch;
      this.shown = this.#make();
      this.#announcer = new Announcer();
    }
    const news = this.shown.update(calls, now, status.state !== "stale").map((call) => call.news);
    before();
    const announcement = this.#announcer.announce(news, now);
    if (!announcement) return;
    if (announcement.rings) this.#chime.ring();
    document.dispatchEvent(new CustomEvent("chimed", { detail: { ...announcement, audible: this.#chime.audible } }));
  }
}
