/**
 * A board that follows the journal: frames in, changes and the page's own state out.
 *
 * @module
 */

import { Board } from "./board.js";
import { Clock } from "./clock.js";
import { Connection } from "./connection.js";
import { Guide } from "./guide.js";
import { Polling } from "./polling.js";
import { judge, reached } from "./position.js";

/** @typedef {import("./closing.js").Problem} Problem */
/** @typedef {import("./connection.js").Limits & {polling: Partial<import("./polling.js").Limits>}} Limits */
/** @typedef {import("./wire.js").Beat} Beat */
/** @typedef {import("./wire.js").Event} Event */
/** @typedef {import("./wire.js").Frame} Frame */
/** @typedef {import("./wire.js").Position} Position */

/**
 * What a page knows about its own knowledge.
 *
 * @typedef {object} Status
 * @property {"connecting" | "live" | "stale"} state connecting: for less than 10 s, nothing alarming; stale: 更新停止中
 * @property {number | null} since the fair's time, in ms, of the last moment the board was known to be true; null: it never was
 * @property {Problem | null} problem the server refused this page for good
 */

/**
 * @typedef {object} Watcher
 * @property {(board: Board, event: Event | null) => void} [onChange] once for each event, in order; null after a snapshot, and for an event
 *   that was told before
 * @property {(guide: Guide) => void} [onGuide] when new estimates have come, and with empty ones when the old became worthless
 * @property {(status: Status) => void} [onStatus] when the state or the problem changes
 */

/** Follows one fair. */
export class Following {
  /** The whole fair as far as this page knows. */
  board = new Board();
  /** How long the waits are, as the server told it last. */
  guide = new Guide();
  /** The fair's clock. */
  clock = new Clock();

  /** @type {Watcher} */
  #watcher;
  /** @type {Connection} */
  #connection;
  /** @type {Polling | null} */
  #polling = null;
  /** @type {Status["state"]} */
  #state = "connecting";
  /** @type {number | null} */
  #since = null;
  /** @type {Problem | null} */
  #problem = null;
  /** The board's position is worth nothing: the next hello asks for everything. */
  #forgotten = false;
  /** The furthest the watcher was told; what comes again below it is drawn, but announced to nobody. @type {Position | null} */
  #told = null;
  /** What the last beat named and this page did not have yet. @type {Position | null} */
  #owed = null;

  /**
   * @param {string} url ws:// or wss://
   * @param {Watcher} watcher
   * @param {Partial<Limits>} [limits]
   * @param {string | null} [asked] an http(s) address where the same frames are asked for while no socket speaks; null: nowhere
   */
  constructor(url, watcher, limits, asked = null) {
    this.#watcher = watcher;
    const position = () => (this.#forgotten ? null : this.board.position);
    const forget = () => void (this.#forgotten = true);
    const refused = (/** @type {Problem} */ problem) => this.#refused(problem);
    const connection = new Connection(url, {
      position, forget, refused,
      take: (frame) => this.#take(frame),
      lost: () => this.#lost(),
      silent: () => this.#become("stale"),
    }, limits);
    this.#connection = connection;
    if (asked === null) return;
    const unheard = () => connection.unheard;
    this.#polling = new Polling(asked, { position, forget, refused, unheard, take: (frame) => this.#takeAsked(frame) }, limits?.polling);
  }

  /** What the page knows about its own knowledge, now. @returns {Status} */
  get status() {
    return { state: this.#state, since: this.#since, problem: this.#problem };
  }

  /** Looks at the connection now. */
  check() {
    this.#connection.check();
  }

  /** Stops following, for good. */
  close() {
    this.#polling?.close();
    this.#connection.close();
  }

  /**
   * @param {Frame} frame
   * @returns {boolean} false: connect anew
   */
  #take(frame) {
    switch (frame.type) {
      case "welcome":
        this.clock.hear(frame.real_now);
        return true;
      case "snapshot":
        if (frame.epoch !== this.board.epoch) this.#advise(new Guide());
        this.board.load(frame);
        this.#forgotten = false;
        this.#tell(null);
        return true;
      case "event":
        return this.#takeEvent(frame);
      case "guide":
        if (frame.epoch === this.board.epoch) this.#advise(new Guide(frame));
        return true;
      case "beat":
        this.clock.hear(frame.real_now);
        return this.#takeBeat(frame);
    }
  }

  /**
   * A frame that was asked for. The socket may have spoken meanwhile, so an older snapshot is none any more.
   *
   * @param {Frame} frame
   * @returns {boolean} false: ask anew
   */
  #takeAsked(frame) {
    this.#connection.heard();
    if (frame.type === "snapshot" && !this.#forgotten && reached(this.board.position, frame)) return true;
    return this.#take(frame);
  }

  /** @param {Guide} guide */
  #advise(guide) {
    const nothingNew = guide.at === null && this.guide.at === null;
    this.guide = guide;
    if (!nothingNew) this.#watcher.onGuide?.(guide);
  }

  /** @param {Event} event */
  #takeEvent(event) {
    const verdict = judge(this.board.position, event);
    if (verdict === "gap" || verdict === "foreign") {
      this.#forgotten ||= verdict === "foreign";
      return false;
    }
    if (verdict === "apply") {
      this.board.apply(event);
      this.#tell(event);
    }
    return true;
  }

  /** @param {Beat} beat */
  #takeBeat(beat) {
    if (!beat.live) {
      this.#become("stale");
      return true;
    }
    // A beat may overtake the events of the same instant, but not those of the beat before.
    const mine = this.board.position;
    if (this.#owed && !reached(mine, this.#owed)) {
      this.#forgotten ||= this.#owed.epoch !== mine?.epoch;
      return false;
    }
    this.#owed = reached(mine, beat) ? null : { epoch: beat.epoch, offset: beat.offset };
    if (!this.#owed) {
      this.#since = this.clock.now();
      this.#become("live");
    }
    return true;
  }

  /**
   * The board has changed. Only a beat makes the page live: a server that hears nothing still sends what it has.
   *
   * @param {Event | null} event
   */
  #tell(event) {
    this.clock.row = this.board.clocks.get(0) ?? null;
    if (this.#state === "live") this.#since = this.clock.now();
    const { position } = this.board;
    // After a server that was ahead comes one that lags behind: the same events once more.
    const again = position !== null && reached(this.#told, position);
    if (!again) this.#told = position;
    this.#watcher.onChange?.(this.board, again ? null : event);
  }

  #lost() {
    this.#owed = null;
    // A page that can ask goes on; it says 更新停止中 when it hears nothing either way.
    if (this.#state === "live" && !this.#polling) this.#become("connecting");
  }

  /** @param {Problem} problem */
  #refused(problem) {
    this.close();
    this.#problem = problem;
    this.#state = "stale";
    this.#watcher.onStatus?.(this.status);
  }

  /** @param {Status["state"]} state */
  #become(state) {
    if (state === this.#state) return;
    this.#state = state;
    this.#watcher.onStatus?.(this.status);
  }
}
