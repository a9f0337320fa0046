/** @file Putting right what was pressed or counted wrongly, with a reason: a number is looked up, then one tap. Pure. */

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/board.js").Ticket} Ticket */
/** @typedef {import("client/board.js").Party} Party */
/** @typedef {import("./acts.js").Act} Act */

/** @typedef {"wrong_button"|"forgotten"|"counted_wrong"|"other"} Reason */

/** Why, as the server takes it. @type {readonly {reason: Reason, ja: string}[]} */
export const REASONS = Object.freeze([
  { reason: "wrong_button", ja: "押しまちがい" },
  { reason: "forgotten", ja: "押し忘れ" },
  { reason: "counted_wrong", ja: "数えまちがい" },
  { reason: "other", ja: "その他" },
]);

/** What a ticket can be made, with its words. @type {readonly {state: "waiting"|"finished"|"cancelled", ja: string}[]} */
const STATES = Object.freeze([
  { state: "waiting", ja: "お待ち" },
  { state: "finished", ja: "終了" },
  { state: "cancelled", ja: "取消" },
]);

/** What is being put right. */
export class Correction {
  /** As it was typed. */
  typed = "";
  /** @type {Reason} */
  reason = "wrong_button";
  /** The persons it is to become; null: as they are. @type {{size: number, children: number}|null} */
  persons = null;
  /** The booth of a drop-in, as it was typed. */
  booth = "";

  /** @param {string} typed */
  type(typed) {
    this.typed = typed;
    this.persons = null;
  }

  /** The number that is looked for, as it stands on tickets. */
  get number() {
    return this.typed.normalize("NFKC").trim().toUpperCase().replace(/番$/, "");
  }

  /**
   * The party of the number.
   *
   * @param {Board} board
   * @returns {Party|null}
   */
  party(board) {
    if (this.number === "") return null;
    const own = [...board.tickets.values()].find(({ number }) => number === this.number);
    return own ? board.party(own) : null;
  }

  /**
   * What can be made of a ticket.
   *
   * @param {Ticket} ticket
   * @returns {Act[]}
   */
  ticketActs({ id, number, state: is }) {
    return STATES.filter(({ state }) => state !== is).map(({ state, ja }) => ({
      key: `correct-${id}-${state}`,
      command: "correct-ticket",
      args: { ticket: id, state, reason: this.reason },
      label: `${ja}に`,
      done: `${number}番を${ja}に直しました`,
    }));
  }

  /** The persons as they would be. @param {Party} party */
  personsOf({ size, children }) {
    return this.persons ?? { size, children };
  }

  /**
   * One person more or fewer. Children are some of the persons.
   *
   * @param {Party} party
   * @param {"size"|"children"} what
   * @param {number} by
   * @param {number} most persons in one party
   */
  count(party, what, by, most) {
    const { size, children } = this.personsOf(party);
    if (what === "size") {
      const next = Math.min(most, Math.max(1, size + by));
      this.persons = { size: next, children: Math.min(children, next) };
    } else {
      this.persons = { size, children: Math.min(size, Math.max(0, children + by)) };
    }
  }

  /** @param {Party} party @returns {Act|null} null: nothing would change */
  partyAct(party) {
    const { size, children } = this.personsOf(party);
    if (size === party.size && children === party.children) return null;
    return {
      key: "correct-party",
      command: "correct-party",
      args: { party: party.id, size, children, reason: this.reason },
      label: `${size}名${children ? `（子ども${children}名）` : ""}に直す`,
      done: `${this.number}番を${size}名に直しました`,
    };
  }
}
