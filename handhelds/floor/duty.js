/** @file The floor manager's state: what is shown, what is written, what was sent. Draws nothing, knows no page. */

import { formatTime } from "client/clock.js";
import { Press } from "../booth/press.js";
import { alarmsOf } from "./alarms.js";
import { Announcement } from "./announcement.js";
import { closingSteps } from "./closing.js";
import { Correction } from "./correction.js";

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/wire.js").Change} Change */
/** @typedef {import("./acts.js").Act} Act */

/** @typedef {{name: "home"|"announce"|"correct"|"closing"}|{name: "queue", queue: string}|{name: "booth", booth: number}} View */

/**
 * Where a waiting ticket's party may be led: quieter queues, the best first; or why it is not asked.
 *
 * @typedef {{ticket: number, why: string|null, to: {queue: string, saves_min: number}[]}} PartyLead
 */

/** How long a suggestion that is put off stays away, ms of the page's own clock. */
const LATER_MS = 10 * 60_000;

/** One floor manager's page. One command at a time, and a rest after it. */
export class Duty {
  /** @type {View} */
  view = { name: "home" };
  /** Whether the board may be acted on. */
  live = false;
  announcement = new Announcement();
  correction = new Correction();
  /** The waiting ticket that is being led elsewhere. @type {number|null} */
  leading = null;
  /** Suggestions that were put off: until when, steady ms. @type {Map<string, number>} */
  #later = new Map();

  /**
   * @param {object} parts
   * @param {import("client/page.js").Fair} parts.fair
   * @param {import("client/page.js").Watched} parts.watched
   * @param {import("client/following.js").Following} parts.following
   * @param {import("./advice.js").Advice} parts.advice
   * @param {import("../advisor.js").Advisor<{leads: PartyLead[]}>} parts.leads
   * @param {(name: string, args: Record<string, unknown>) => Promise<Change>} parts.send sends a command, gives its event
   * @param {{offer: (event: Change, sentence: string) => void, take: () => Promise<{by: Change}|null>}} parts.undo
   * @param {() => number} parts.steady a clock that never goes back, ms
   * @param {() => void} parts.changed draws
   */
  constructor({ fair, watched, following, advice, leads, send, undo, steady, changed }) {
    this.fair = fair;
    this.watched = watched;
    this.following = following;
    this.advice = advice;
    this.leads = leads;
    this.send = send;
    this.undo = undo;
    this.steady = steady;
    this.changed = changed;
    const names = new Map(fair.queues.map(({ id, short }) => [id, short]));
    /** A queue's short name. @type {(queue: string) => string} */
    this.nameOf = (queue) => names.get(queue) ?? queue;
    /** @type {Press<Act>} */
    this.press = new Press((act) => this.#sent(act), changed);
  }

  /** @returns {Board} */
  get board() {
    return this.following.board;
  }

  /** The fair's time, ms. */
  get now() {
    return this.following.clock.now();
  }

  /** The board has changed, or whether it may be believed. @param {boolean} live */
  see(live) {
    this.live = live;
    this.press.heard(live ? this.board.position : null);
    this.changed();
  }

  /** @returns {import("./alarms.js").Alarm[]} none while the page does not know */
  get alarms() {
    if (!this.live) return [];
    const realNow = this.following.clock.realNow();
    return alarmsOf({
      board: this.board,
      guide: this.following.guide,
      fair: this.fair,
      watched: this.watched,
      now: this.now,
      nameOf: this.nameOf,
      silent: this.advice.silent(realNow),
      realNow,
      steps: this.steps,
      advised: this.advice.newest?.suggestion?.queue ?? null,
    });
  }

  /** When talks end, on the wall of the fair: "17:00". */
  get ends() {
    return formatTime(this.watched.closing?.stop ?? this.watched.closes_at, this.fair.timezone);
  }

  /** The end of the day; none where the fair does not say how it closes. @returns {import("./closing.js").Step[]} */
  get steps() {
    const { board, fair, watched, ends, now } = this;
    return watched.closing ? closingSteps({ board, closing: watched.closing, queues: fair.queues, ends, now }) : [];
  }

  /** Show a panel; the one that is shown goes back to what needs an act. @param {View} view */
  show(view) {
    this.view = keyOf(view) === keyOf(this.view) ? { name: "home" } : view;
    this.press.failed = null;
    this.leading = null;
    this.changed();
  }

  /** Where the parties that wait in a queue may be led; none while the page does not know. @param {string} queue @returns {PartyLead[]} */
  leadsIn(queue) {
    if (!this.live) return [];
    const ground = `${this.board.position?.offset} ${this.following.guide.at}`;
    return this.leads.about(`/leads?queue=${encodeURIComponent(queue)}`, ground)?.leads ?? [];
  }

  /** Whom to lead elsewhere. @param {number|null} ticket */
  lead(ticket) {
    this.leading = ticket;
    this.changed();
  }

  /** A suggestion is put off. @param {string} key */
  putOff(key) {
    this.#later.set(key, this.steady() + LATER_MS);
    this.changed();
  }

  /** @param {string} key */
  isPutOff(key) {
    return this.steady() < (this.#later.get(key) ?? -Infinity);
  }

  /**
   * Do an act; the page shows what came of it.
   *
   * @param {Act} act
   * @returns {Promise<boolean>} whether it was done
   */
  async do(act) {
    const done = await this.press.act(act);
    if (done) this.advice.stir();
    return done;
  }

  /** お知らせを流す. */
  async announce() {
    if (await this.do(this.announcement.act)) this.announcement = new Announcement();
    this.changed();
  }

  /** 元に戻す. No rest before it: who has pressed wrongly is quick. */
  takeBack() {
    return this.press.act({ key: "undo", command: "undo", args: {}, label: "元に戻す", done: "" }, { rested: true });
  }

  /** @param {Act} act */
  async #sent(act) {
    if (act.command === "undo") return (await this.undo.take())?.by ?? this.board.position ?? { epoch: 0, offset: 0 };
    if (act.each) return this.#sentEach(act.command, act.each);
    const event = await this.send(act.command, act.args);
    if (act.done) this.undo.offer(event, act.done);
    return event;
  }

  /** @param {string} command @param {Record<string, unknown>[]} each */
  async #sentEach(command, each) {
    /** @type {{epoch: number, offset: number}} */
    let last = this.board.position ?? { epoch: 0, offset: 0 };
    for (const args of each) last = await this.send(command, args);
    return last;
  }
}

/**
 * What names a view: two of the same are one.
 *
 * @param {View} view
 * @returns {string}
 */
export function keyOf(view) {
  if (view.name === "queue") return `queue ${view.queue}`;
  return view.name === "booth" ? `booth ${view.booth}` : view.name;
}
