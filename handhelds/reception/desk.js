/** @file The reception's state and its acts: what is shown, what is chosen, what was sent. Draws nothing, knows no page. */

import { Choice } from "./choice.js";
import { Answer, numbersOf } from "./answer.js";
import { OfferAnswers } from "./offer-answers.js";
import { Presence } from "./presence.js";
import { Sending } from "./sending.js";
import { TicketActs } from "./ticket-acts.js";

/** @typedef {import("client/wire.js").Change} Change */
/** @typedef {import("client/wire.js").Ticket} Ticket */
/** @typedef {"issue"|"many"|"result"|"add"|"search"|"actions"|"reasons"|"transfer"|"paper"|"scan"|"found"|"confirm"|"card"|"consents"|"split"|"visit"} View */

/**
 * What a desk is made of.
 *
 * @typedef {object} Parts
 * @property {number} limit how many queues one party may take
 * @property {(name: string, args: Record<string, unknown>) => Promise<Change>} send sends a command, gives its event
 * @property {import("../undo.js").Undo} undo offers to take the newest act back
 * @property {(queue: string) => string} name a queue's short name
 * @property {() => void} changed draws
 * @property {() => number} [now] a steady clock, ms
 */

/** The main button rests this long after each press, so that a double tap cannot press what takes its place. */
export const REST_MS = 600;

/** Views in which the receptionist waits for the number that was sent. */
const WAITED_IN = /** @type {View[]} */ (["issue", "many", "paper"]);

/** One reception desk. */
export class Desk {
  /** @type {View} */
  view = "issue";
  /** The party a result or an added queue is about. @type {number|null} */
  party = null;
  /** The ticket whose actions are shown. @type {number|null} */
  ticket = null;
  /** The number typed in the search. */
  typed = "";
  /** A number that came while the receptionist was doing something else. @type {{party: number, sentence: string}|null} */
  arrived = null;
  /** Whether the search field takes letters from the device's own keyboard. */
  lettered = false;
  /** The rows of the newest issue's answer. */
  answer = new Answer();
  /** Who stands here, in a fair with reception cards; null in a demonstration, which knows nobody. @type {import("./arrival.js").Arrival|null} */
  arrival = null;
  /** Links to the parties' own pages; null where none are given. @type {import("./links.js").Visits|null} */
  visits = null;
  /** Asks where it is quieter; null where nobody is to be asked. @type {import("../advisor.js").Advisor<import("./quieter.js").Quieter>|null} */
  advisor = null;
  /** The camera that reads codes; null where there is none to ask for. @type {import("./scanning.js").Camera|null} */
  camera = null;

  /** @type {Parts & {now: () => number}} */
  #parts;
  #restsUntil = 0;
  /** Where 相談先を追加 was pressed, to go back to. @type {View} */
  #addedFrom = "result";
  /** The journal's life that party and ticket belong to. @type {number|null} */
  #epoch = null;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = { now: () => performance.now(), ...parts };
    this.sending = new Sending(parts.changed, this.#parts.now);
    /** For the next party. */
    this.choice = new Choice(parts.limit);
    /** For a party that has its number: queues to add. */
    this.added = new Choice(parts.limit);
    /** Who of a party is in the hall, and who goes apart. */
    this.presence = new Presence(this, parts.send);
    /** What is done with one ticket. */
    this.acts = new TicketActs(this, parts.send, parts.name);
    /** What a party answers to an offer. */
    this.offers = new OfferAnswers(this, parts.send);
  }

  get undo() {
    return this.#parts.undo;
  }

  /** Go to another view; what was chosen stays. @param {View} view */
  show(view) {
    if (view !== "scan") this.camera?.rest();
    this.view = view;
    this.sending.failure = null;
    this.#parts.changed();
  }

  /** Press the main button: once, however often it is tapped. @param {() => void} act */
  press(act) {
    if (this.resting) return;
    this.#rest();
    act();
  }

  /** Whether the main button rests. */
  get resting() {
    return this.#parts.now() < this.#restsUntil;
  }

  #rest() {
    this.#restsUntil = this.#parts.now() + REST_MS;
  }

  /** In a new life of the journal the same ids are other people: let go of them. @param {import("client/board.js").Board} board */
  follow(board) {
    if (board.epoch === this.#epoch) return;
    const first = this.#epoch === null;
    this.#epoch = board.epoch;
    if (first || this.answer.epoch === board.epoch) return;
    this.visits?.clear();
    this.arrived = null;
    if (!WAITED_IN.includes(this.view)) this.next();
  }

  /** Whether the choice on the form is on its way to the server, and so cannot be changed any more. */
  get sent() {
    const { pending } = this.sending;
    return pending?.name === "issue" && !pending.noted;
  }

  /** Choose the number of persons (名). @param {number} size */
  chooseSize(size) {
    if (this.sent) return;
    this.choice.size = size;
    this.show("issue");
  }

  /** Choose a queue, or let go of it. @param {string} queue */
  chooseQueue(queue) {
    if (this.sent) return;
    this.choice.toggle(queue);
    this.show("issue");
  }

  /** 発券. The choice stays until the answer is here, so a refusal loses nothing. */
  issue() {
    const { size, queues } = this.choice;
    return this.#send("issue", this.#issued(), `${size}名・${queues.size}件`, (event, { noted }) => {
      const party = this.#keep(event);
      if (!noted) this.arrival?.issued();
      const sentence = `${numbersOf(event)}を発券しました`;
      this.undo.offer(event, sentence);
      if (!noted) this.choice.clear();
      if (!noted && WAITED_IN.includes(this.view)) this.#showParty(party);
      else this.arrived = { party, sentence };
    });
  }

  /** What is issued: on a card its persons are told only where they are not as it says. */
  #issued() {
    const { size, queues } = this.choice;
    const card = this.arrival?.card ?? null;
    if (card === null) return { size, queues: [...queues] };
    const told = size === card.party.adults + card.party.children ? {} : { size };
    return { card: card.id, ...told, queues: [...queues] };
  }

  /** A party with a card: its persons and reserved queues are chosen beforehand, beside what was. @param {number} size @param {string[]} queues */
  expect(size, queues) {
    this.choice.size = size;
    for (const queue of queues) if (!this.choice.queues.has(queue)) this.choice.toggle(queue);
    this.#rest();
    this.show("issue");
  }

  /** 控えに書きました: on paper now, the form is free for the next party. What was sent still comes. */
  noted() {
    if (this.sending.pending) this.sending.pending.noted = true;
    this.choice.clear();
    this.show("issue");
  }

  /** 次の受付: the form stands empty for the next party. */
  next() {
    this.party = this.ticket = this.presence.parting = null;
    this.typed = "";
    this.lettered = false;
    this.arrival?.clear();
    this.show("issue");
  }

  /** See the number that came meanwhile. */
  seeArrived() {
    if (this.arrived) this.#showParty(this.arrived.party);
  }

  /** Another act than 発券 has given a party its number. @param {Change} event @param {number} party */
  present(event, party) {
    this.answer = new Answer(event);
    this.#showParty(party);
  }

  /** @param {number} party */
  #showParty(party) {
    this.arrived = null;
    this.party = party;
    void this.visits?.ask(party);
    this.#rest(); // a finger on its way to the old main button must not press the new one
    this.show("result");
  }

  /** The code for a party's own phone, once more. @param {number} party */
  showVisit(party) {
    this.party = party;
    void this.visits?.ask(party);
    this.#rest();
    this.show("visit");
  }

  /**
   * 相談先を追加: choose further queues for a party that has its number.
   *
   * @param {number} party
   * @param {number} standing in how many queues it stands now
   */
  startAdding(party, standing) {
    this.added.limit = this.#parts.limit - standing;
    this.#addedFrom = this.view === "result" ? "result" : "search";
    this.party = party;
    this.ticket = null;
    this.added.clear();
    this.show("add");
  }

  /** Nothing to add after all. */
  leaveAdding() {
    this.show(this.#addedFrom);
  }

  /** Choose a queue to add. @param {string} queue */
  chooseAdded(queue) {
    if (this.sending.pending) return;
    this.added.toggle(queue);
    this.show("add");
  }

  /** Issue the added queues on the party's number. */
  add() {
    const queues = [...this.added.queues];
    return this.#send("issue", { party: this.party, queues }, `追加 ${queues.length}件`, (event) => {
      const party = this.#keep(event);
      this.undo.offer(event, `${numbersOf(event)}に${queues.map(this.#parts.name).join("・")}を追加しました`);
      if (this.view === "add") this.#showParty(party);
    });
  }

  /** @param {Change} event @returns {number} the party that was issued */
  #keep(event) {
    this.answer = new Answer(event);
    return this.answer.party;
  }

  /** 番号を探す. */
  startSearch() {
    this.lettered = false;
    this.type("");
  }

  /** @param {string} typed what the search field holds now */
  type(typed) {
    this.typed = typed;
    this.ticket = this.presence.parting = null;
    this.show("search");
  }

  /** Show what can be done with a ticket. @param {Ticket} ticket */
  choose(ticket) {
    this.ticket = ticket.id;
    this.show("actions");
  }

  /** Let the search field take letters, or digits again. @param {boolean} lettered */
  letter(lettered) {
    this.lettered = lettered;
    this.type("");
  }

  /** 元に戻す: the newest act. A number that was taken back is nobody's any more, so its result goes. */
  takeBack() {
    return this.sending.run("undo", "元に戻す", () => this.undo.take(), (answer) => {
      const taken = answer?.taken;
      const party = taken?.parties[0];
      const whole = taken?.kind === "issued" && party?.tickets.length === taken.tickets.length;
      if (!whole) return;
      if (this.arrived?.party === party?.id) this.arrived = null;
      if (this.view === "result" && this.party === party?.id) this.next();
    });
  }

  /** @param {string} name @param {Record<string, unknown>} args @param {string} label @param {(event: Change, pending: import("./sending.js").Pending) => void} done */
  #send(name, args, label, done) {
    return this.sending.run(name, label, () => this.#parts.send(name, args), done);
  }
}
