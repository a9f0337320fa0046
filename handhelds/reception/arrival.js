/** @file Who stands before the desk of a real fair: looked for, confirmed, with a card, given the gift. Draws nothing, stores nothing. */

import { Form } from "../form/form.js";

/** @typedef {import("client/page.js").Fair} Fair */
/** @typedef {import("../form/form.js").Value} Value */
/** @typedef {{queue: string, slot: number}} Wish */
/** @typedef {{consent: string, given: boolean, version: string, at: number, by: string}} Decision */

/**
 * A party that was looked for (`POST arrivals/find`).
 *
 * @typedef {object} Found
 * @property {string|null} reservation
 * @property {string|null} card
 * @property {string} name
 * @property {string} kana
 * @property {number} adults
 * @property {number} children
 * @property {string} code
 * @property {Wish[]} wishes
 * @property {number|null} party once it has its number
 * @property {"booked"|"arrived"|"cancelled"|null} state of its reservation
 * @property {number|null} novelty when its gift was handed, ms
 */

/**
 * What a reservation tells for a card (`GET arrivals/{reservation}`).
 *
 * @typedef {object} Known
 * @property {string} reservation
 * @property {{adults: number, children: number}} party
 * @property {Record<string, Value>} answers
 * @property {Record<string, boolean>} consents
 * @property {Wish[]} wishes
 */

/**
 * A card (`GET cards/{card}`).
 *
 * @typedef {object} Card
 * @property {string} id
 * @property {{adults: number, children: number}} party
 * @property {Record<string, Value>} answers
 * @property {Decision[]} consents
 * @property {Decision[]} history
 * @property {string|null} reservation
 * @property {string} code
 * @property {number} made_at
 */

/** The gift of a reservation: when it was handed, and how many are left (null: not asked yet). @typedef {{reservation: string, handed: number|null, left: number|null}} Gift */

/**
 * @typedef {object} Parts
 * @property {import("./desk.js").Desk} desk
 * @property {Fair} fair
 * @property {(path: string) => Promise<any>} read
 * @property {(path: string, args: object, id?: string) => Promise<any>} ask
 * @property {(party: number) => string|null} numberOf a party's number; null while the board does not know it
 * @property {() => string} newId a new command id
 * @property {() => void} changed draws
 */

/** The arrival of one party at one desk. */
export class Arrival {
  /** What was looked for. */
  sought = "";
  /** @type {Found[]} */
  found = [];
  /** The reservation that is being confirmed. @type {Known|null} */
  known = null;
  /** The card for the next number. @type {Card|null} */
  card = null;
  /** What the card's reservation wishes for. @type {Wish[]} */
  wishes = [];
  /** The card that is being filled in. @type {Form|null} */
  form = null;
  /** A card of somebody who has a number, opened. @type {Card|null} */
  opened = null;
  /** @type {Gift|null} */
  gift = null;

  /** @type {Parts} */
  #parts;
  /** The card that is being corrected. @type {string|null} */
  #correcting = null;
  /** What was sent and under which id: the same again must act once. @type {{text: string, id: string}|null} */
  #sent = null;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** Look for a link, a code, or the beginning of a name. @param {string} text */
  look(text) {
    const sought = text.trim();
    if (sought === "") return Promise.resolve();
    const { desk, ask } = this.#parts;
    return desk.sending.run("find", "予約・カードを探しています", () => ask("/arrivals/find", { text: sought }), ({ found }) => {
      this.sought = sought;
      this.found = found;
      if (found.length === 1) void this.choose(found[0]);
      else desk.show("found");
    });
  }

  /** One of those who were found. @param {Found} found @returns {Promise<void>} */
  choose(found) {
    const { desk, read, numberOf } = this.#parts;
    const number = found.party === null ? null : numberOf(found.party);
    if (number !== null) return Promise.resolve(desk.type(number));
    if (found.card !== null) return this.#take(() => read(`/cards/${found.card}`), found.wishes);
    return desk.sending.run("known", "予約を開いています", () => read(`/arrivals/${found.reservation}`), (known) => {
      this.known = known;
      desk.show("confirm");
    });
  }

  /** The party says that the reservation is still right: its card is made of it. */
  confirm() {
    const { known } = this;
    if (known === null) return Promise.resolve();
    const { reservation, party, answers, consents, wishes } = known;
    return this.#take(() => this.#enter("/cards", { reservation, party, answers, consents }), wishes);
  }

  /** Whether the reservation leaves nothing to ask: every answer that a card needs, and a decision for each recipient. */
  get complete() {
    const { known } = this;
    if (known === null) return false;
    const { fair } = this.#parts;
    const answered = (fair.form?.fields ?? []).every((field) => !field.required.includes("card") || field.key in known.answers);
    return answered && fair.consents.every(({ key }) => key in known.consents);
  }

  /** Fill in a card at the desk: of the reservation that is being confirmed, or of a party that walked in. */
  write() {
    this.#correcting = null;
    this.#open(this.known ?? {});
  }

  /** Correct the card that is here. */
  correct() {
    const { card } = this;
    if (card === null) return;
    this.#correcting = card.id;
    const versions = new Map(this.#parts.fair.consents.map(({ key, version }) => [key, version]));
    const present = card.consents.filter(({ consent, version }) => versions.get(consent) === version);
    const consents = Object.fromEntries(present.map(({ consent, given }) => [consent, given]));
    this.#open({ party: card.party, answers: card.answers, consents });
  }

  /** Keep what was filled in. What the server does not take stands beside its field. */
  save() {
    const form = this.form;
    if (form === null) return Promise.resolve();
    const path = this.#correcting ? `/cards/${this.#correcting}/correct` : "/cards";
    const reservation = this.#correcting ? {} : { reservation: this.known?.reservation };
    const send = () => this.#enter(path, { ...reservation, ...form.body }).catch((error) => {
      if (error.code === "invalid_answers") form.refused(error);
      throw error;
    });
    return this.#take(send, this.known?.wishes ?? this.wishes);
  }

  /** Leave what was begun, back to where the next act is. */
  leave() {
    this.form = this.known = null;
    this.#parts.desk.show("issue");
  }

  /** Whoever stood here is not received after all. */
  dismiss() {
    this.#parts.desk.choice.clear();
    this.#parts.desk.next();
  }

  /** Nobody stands here any more. */
  clear() {
    this.sought = "";
    this.found = this.wishes = [];
    this.known = this.card = this.form = this.opened = this.gift = null;
  }

  /** The card has its number. Whoever reserved gets the gift. */
  issued() {
    const reservation = this.card?.reservation ?? null;
    this.clear();
    if (reservation === null || this.#parts.fair.novelty === null) return;
    this.gift = { reservation, handed: null, left: null };
    void this.#stock(this.gift);
  }

  /** 記念品をお渡し. */
  hand() {
    return this.#moveGift("novelty", "記念品をお渡し");
  }

  /** 渡していない: within the time in which acts are undone. */
  takeGiftBack() {
    return this.#moveGift("novelty/undo", "記念品を取消");
  }

  /** Open the card of a party that has its number. @param {number} party */
  openCard(party) {
    const { desk, ask, read, fair } = this.#parts;
    const send = async () => {
      const [found] = (await ask("/arrivals/find", { party })).found;
      return { found, card: found && (await read(`/cards/${found.card}`)) };
    };
    return desk.sending.run("known", "受付カードを開いています", send, ({ found, card }) => {
      this.opened = card ?? null;
      const gift = found?.reservation && fair.novelty;
      this.gift = gift ? { reservation: found.reservation, handed: found.novelty, left: null } : null;
      if (this.gift) void this.#stock(this.gift);
      desk.show("consents");
    });
  }

  /** 同意を取り消す, with its reason. @param {string} consent @param {string} why */
  withdraw(consent, why) {
    const { desk, ask } = this.#parts;
    const card = this.opened;
    if (card === null) return Promise.resolve();
    return desk.sending.run("withdraw", "同意の取消", () => ask(`/cards/${card.id}/withdraw`, { consent, why }), (answer) => {
      this.opened = answer;
    });
  }

  /** The card that comes stands for the next number: its persons and the reserved queues are chosen already. @param {() => Promise<Card>} send @param {Wish[]} wishes */
  #take(send, wishes) {
    const { desk } = this.#parts;
    return desk.sending.run("card", "受付カード", send, (card) => {
      if (this.card !== null && this.card.id !== card.id) desk.choice.clear(); // what was chosen was somebody else's
      this.clear();
      this.card = card;
      this.wishes = wishes;
      desk.expect(card.party.adults + card.party.children, wishes.map(({ queue }) => queue));
    });
  }

  /** @param {string} path @param {object} args */
  #enter(path, args) {
    const text = JSON.stringify([path, args]);
    if (this.#sent?.text !== text) this.#sent = { text, id: this.#parts.newId() };
    return this.#parts.ask(path, args, this.#sent.id);
  }

  /** @param {Partial<import("../form/form.js").Filled>} filled */
  #open(filled) {
    const { fair, changed, desk } = this.#parts;
    this.form = new Form({ fair, stage: "card", changed, filled });
    desk.show("card");
  }

  /** @param {string} path @param {string} label */
  #moveGift(path, label) {
    const { desk, ask } = this.#parts;
    const { gift } = this;
    if (gift === null) return Promise.resolve();
    return desk.sending.run("novelty", label, () => ask(`/reservations/${gift.reservation}/${path}`, {}), ({ handed, left }) => {
      this.gift = { ...gift, handed, left };
    });
  }

  /** How many gifts are left is told beside; without an answer it is not. @param {Gift} gift */
  async #stock(gift) {
    const { read, changed } = this.#parts;
    const answer = await read("/novelty").catch(() => null);
    if (answer && this.gift === gift) this.gift = { ...gift, left: answer.left };
    changed();
  }
}
