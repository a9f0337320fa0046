/** @file Who of a party is in the hall, and a party that parts to be at two booths at once. */

/** @typedef {import("client/wire.js").Change} Change */

/**
 * How a party parts: how many persons go, how many of them children, and with which of its tickets (ids).
 *
 * @typedef {object} Parting
 * @property {number} party
 * @property {number} persons
 * @property {number} children
 * @property {Set<number>} tickets
 */

/** The acts on some persons of a party. */
export class Presence {
  /** @type {Parting|null} */
  parting = null;

  #desk;
  #send;

  /** @param {import("./desk.js").Desk} desk @param {(name: string, args: Record<string, unknown>) => Promise<Change>} send */
  constructor(desk, send) {
    this.#desk = desk;
    this.#send = send;
  }

  /** 退場: so many persons leave the hall. @param {number} party @param {number} persons @param {string} number */
  exit(party, persons, number) {
    return this.#move("exit", { party, persons }, `${number}番 退場`, `${number}番 ${persons}名が退場しました`);
  }

  /** 再入場: so many come back. @param {number} party @param {number} persons @param {string} number */
  reenter(party, persons, number) {
    return this.#move("reenter", { party, persons }, `${number}番 再入場`, `${number}番 ${persons}名が再入場しました`);
  }

  /** 分かれて回る: choose who goes, and with what. @param {number} party */
  start(party) {
    this.parting = { party, persons: 1, children: 0, tickets: new Set() };
    this.#desk.ticket = null;
    this.#desk.show("split");
  }

  /** Change how the party parts. @param {Partial<Parting>} change */
  change(change) {
    if (this.parting === null || this.#desk.sending.pending) return;
    const parting = { ...this.parting, ...change };
    this.parting = { ...parting, children: Math.min(parting.children, parting.persons) };
    this.#desk.show("split");
  }

  /** Take a ticket along, or leave it. @param {number} ticket */
  toggle(ticket) {
    if (this.parting === null) return;
    const tickets = new Set(this.parting.tickets);
    if (!tickets.delete(ticket)) tickets.add(ticket);
    this.change({ tickets });
  }

  /** 2組に分ける: those who go get a number of their own, which is shown. */
  split() {
    if (this.parting === null) return Promise.resolve();
    const { tickets, ...who } = this.parting;
    const send = () => this.#send("split", { ...who, tickets: [...tickets] });
    return this.#desk.sending.run("split", "2組に分ける", send, (event) => {
      this.parting = null;
      const apart = event.parties.find(({ id }) => id !== who.party);
      if (apart) this.#desk.present(event, apart.id);
    });
  }

  /** @param {string} name @param {Record<string, unknown>} args @param {string} label @param {string} done */
  #move(name, args, label, done) {
    return this.#desk.sending.run(name, label, () => this.#send(name, args), (event) => this.#desk.undo.offer(event, done));
  }
}
