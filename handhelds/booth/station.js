/** @file The booth page's state and its acts: what is shown, what is chosen, what was sent. Draws nothing, knows no page. */

import { apartAct, assignAct, mainAct, plainAct, restReason, sideActs, situation, whom } from "./act.js";
import { readable } from "./brief.js";
import { callAct, choice, digits, keepAct, type } from "./choice.js";
import { deed, sentence } from "./deed.js";
import { Press } from "./press.js";
import { leadAct, targets } from "./targets.js";

/** @typedef {import("./act.js").Act} Act */
/** @typedef {import("./act.js").Situation} Situation */
/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/wire.js").Change} Change */
/** @typedef {"home"|"choose"|"transfer"|"assign"} View */

/** States of a ticket that can be led to another queue: moved, or, while its talk goes on, added there. */
const LEADABLE = new Set(["waiting", "called", "absent", "held", "serving"]);

/** One booth's page. Every press goes through `press`: one command at a time, and a rest after it. */
export class Station {
  /** @type {View} */
  view = "home";
  /** The digits of 番号を指定して呼ぶ. */
  typed = "";
  /** The ticket that is led elsewhere. @type {number|null} */
  leading = null;
  /** The queue it is led to, or a spare is used for. @type {string|null} */
  target = null;
  /** Whether the booth pauses when this talk is over. */
  thenPause = false;
  /** Whether the board may be acted on. */
  live = false;
  /** What the parties want to talk about; null where nobody here may read it. @type {import("./brief.js").Briefs|null} */
  briefs = null;
  /** The meeting link; null where this booth is in the hall. @type {import("./meeting.js").Meeting|null} */
  meeting = null;

  #meaning = "";

  /**
   * @param {object} parts
   * @param {import("client/page.js").Fair} parts.fair
   * @param {import("client/page.js").FairBooth} parts.place this booth, as the fair describes it
   * @param {Board} parts.board
   * @param {() => number} parts.clock the fair's time, ms
   * @param {(name: string, args: Record<string, unknown>) => Promise<any>} parts.send sends a command, gives its event
   * @param {{offer: (event: any, sentence: string) => void, forget: () => void, take: () => Promise<{by: any}|null>}} parts.undo
   * @param {() => void} parts.changed draws
   */
  constructor({ fair, place, board, clock, send, undo, changed }) {
    this.fair = fair;
    this.place = place;
    this.board = board;
    this.clock = clock;
    this.undo = undo;
    this.changed = changed;
    this.send = send;
    const names = new Map(fair.queues.map(({ id, short }) => [id, short]));
    /** A queue's short name. @type {(queue: string) => string} */
    this.nameOf = (queue) => names.get(queue) ?? queue;
    /** @type {Situation} */
    this.now = this.#situation();
    this.press = new Press(
      (act) => this.#sent(act),
      () => this.#settle(),
    );
  }

  /**
   * The board has changed, or whether it may be believed.
   *
   * @param {Change|null} event what changed it; null after a snapshot
   * @param {boolean} live
   */
  see(event, live) {
    this.live = live;
    this.now = this.#situation();
    this.press.heard(live ? this.board.position : null);
    const done = event && deed(event, this.place.number, this.nameOf);
    if (done) this.undo.offer(event, done); // on every device that shows this booth
    if (!this.#viewHolds()) this.#home();
    this.#settle();
  }

  /** Time has passed: a reserved place may be due. */
  pass() {
    this.now = this.#situation();
    this.#settle();
  }

  #situation() {
    const now = this.#seen();
    this.briefs?.keep(readable(now)?.id ?? null);
    this.meeting?.keep(now.row);
    return now;
  }

  #seen() {
    return situation(this.board, this.place, { now: this.clock(), inARow: this.fair.limits.reserved_in_a_row, timezone: this.fair.timezone });
  }

  /** What the big button does now. @returns {Act|null} */
  get main() {
    switch (this.view) {
      case "choose":
        return this.live ? callAct(this.choice.chosen, this.now) : null;
      case "transfer": {
        const ticket = this.leadingTicket;
        const queue = this.targets.find(({ queue, kind }) => queue.id === this.target && kind === "possible")?.queue;
        return this.live && ticket && queue ? leadAct(ticket, this.board.party(ticket).size, queue) : null;
      }
      case "assign":
        return this.live && this.target ? assignAct(this.now, this.target, this.nameOf) : null;
      default:
        return mainAct(this.now, this);
    }
  }

  /** What stands in place of the big button while there is nothing to press. */
  get rest() {
    if (!this.live || this.view === "home") return restReason(this.now, this.live);
    return { title: this.view === "choose" ? "番号を選んでください" : "相談先を選んでください", detail: "" };
  }

  /** The acts beside the big button. */
  get sides() {
    return sideActs(this.now, this.main, this.live);
  }

  /** The act apart, at the top. */
  get apart() {
    return this.view === "home" ? apartAct(this.now, this.live) : null;
  }

  /** What the typed number means. */
  get choice() {
    return choice(this.typed, this.now, this.board, this.nameOf);
  }

  /** Hold or restore for the chosen party. @returns {Act|null} */
  get keep() {
    const { chosen } = this.choice;
    return chosen && keepAct(chosen);
  }

  /** The ticket that is being led elsewhere. */
  get leadingTicket() {
    return this.leading === null ? null : (this.board.tickets.get(this.leading) ?? null);
  }

  /** The map's cells. */
  get targets() {
    return targets(this.board, this.fair.queues, this.leadingTicket);
  }

  /** Press the big button. */
  pressMain() {
    const act = this.main;
    if (act) return this.do(act);
  }

  /**
   * Press an act beside the big button, or the one at the top.
   *
   * @param {import("./act.js").SideAct} name
   */
  pressSide(name) {
    if (name === "choose") return this.#show("choose");
    if (name === "transfer") return this.lead(this.choice.chosen?.ticket ?? this.now.ticket ?? this.now.next?.ticket ?? this.now.places[0]?.ticket);
    if (name === "assign") return this.#show("assign");
    if (name === "pause" && this.now.ticket) return this.#armPause();
    const act = plainAct(name, this.now);
    if (act) return this.do(act);
  }

  /**
   * A key of an act that may stand beside the big button, or be it.
   *
   * @param {"recall"|"absent"|"hold"|"finish"|"choose"|"transfer"} name
   */
  pressKey(name) {
    if (this.view !== "home") return;
    if (this.main?.key === name) return this.pressMain();
    if (this.sides.includes(name)) return this.pressSide(name);
  }

  /** The key for 休止 and 再開. */
  pressPause() {
    if (this.view !== "home") return;
    if (this.now.state === "paused") return this.pressMain();
    if (this.apart === "pause") return this.pressSide("pause");
  }

  /** Pause when the talk is over, or not after all. */
  #armPause() {
    this.thenPause = !this.thenPause;
    this.#settle();
  }

  /**
   * Choose where to lead a ticket.
   *
   * @param {import("client/board.js").Ticket|undefined} ticket
   */
  lead(ticket) {
    if (!ticket) return;
    this.#show("transfer");
    this.leading = ticket.id;
    this.#settle();
  }

  /** A key of the keypad. @param {string} digit */
  digit(digit) {
    if (this.view === "home" && this.sides.includes("choose")) this.#show("choose");
    if (this.view !== "choose") return;
    this.typed = type(this.typed, digit);
    this.#settle();
  }

  /** The last digit away. */
  erase() {
    this.typed = this.typed.slice(0, -1);
    this.#settle();
  }

  /** A party of the list; pressed again, it is let go. @param {import("./line.js").Place} place */
  choose(place) {
    const number = digits(place.ticket.number);
    this.typed = this.typed === number ? "" : number;
    this.#settle();
  }

  /** A cell of the map. @param {string} queue */
  aim(queue) {
    this.target = this.target === queue ? null : queue;
    this.#settle();
  }

  /** Back to the booth; nothing was sent. */
  back() {
    if (this.view === "home") return this.press.forgive();
    this.#home();
    this.#settle();
  }

  /** 元に戻す. */
  takeBack() {
    this.thenPause = false;
    // No rest before it: who has pressed wrongly is quick, and the bar is gone after the first tap.
    return this.do({ key: "undo", command: "undo", args: {}, label: ["元に戻す"], on: "" }, { rested: true });
  }

  /**
   * Do an act and return to the booth when it is done.
   *
   * @param {Act} act
   * @param {{rested?: boolean}} [how] rested: it need not wait for the rest after the press before
   */
  async do(act, how) {
    if (await this.press.act(act, how)) this.#home();
    this.#settle();
  }

  /** Whom the act at hand is about, for the title of the map. */
  get leadingWhom() {
    const ticket = this.leadingTicket;
    return ticket ? whom(ticket, this.board.party(ticket).size) : "";
  }

  /** @param {Act} act */
  async #sent(act) {
    if (act.command === "undo") {
      const answer = await this.undo.take();
      return answer?.by ?? this.board.position ?? { epoch: 0, offset: 0 };
    }
    const event = await this.send(act.command, act.args);
    const done = sentence(event, this.nameOf);
    if (done) this.undo.offer(event, done);
    return event;
  }

  /** @param {View} view */
  #show(view) {
    if (this.press.pending) return;
    this.#home();
    this.view = view;
    this.press.failed = null;
    this.#settle();
  }

  #home() {
    this.view = "home";
    this.typed = "";
    this.leading = this.target = null;
  }

  /** Whether what the view is about is still so. */
  #viewHolds() {
    if (this.view === "choose") return this.now.state === "idle" || this.now.state === "serving";
    if (this.view === "assign") return this.now.state === "spare";
    if (this.view !== "transfer") return true;
    const ticket = this.leadingTicket;
    if (!ticket || ticket.queue !== this.now.queue || !LEADABLE.has(ticket.state)) return false;
    return ticket.booth === null || ticket.state === "absent" || ticket.state === "held" || ticket.id === this.now.ticket?.id;
  }

  /** After every change: pause if that was promised, and rest if the big button has come to mean something else. */
  #settle() {
    if (this.thenPause && this.now.state === "idle" && this.live && !this.press.pending) {
      this.thenPause = false;
      const pause = plainAct("pause", this.now);
      if (pause) void this.press.act(pause, { rested: true });
    }
    if (this.now.state === "paused" || this.now.state === "closed" || this.now.state === "spare") this.thenPause = false;
    const meaning = this.view === "home" ? `${this.main?.key} ${this.now.ticket?.id}` : "a choice";
    if (meaning === this.#meaning) return this.changed();
    this.#meaning = meaning;
    this.press.rest();
  }
}
