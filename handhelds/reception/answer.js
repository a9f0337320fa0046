/** @file The rows of a command's answer, which can be here before the same event comes over the wire. */

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/wire.js").Party} Party */
/** @typedef {import("client/wire.js").Ticket} Ticket */

/** What the newest issue answered. */
export class Answer {
  /** The journal's life the rows belong to; 0 with no rows. */
  epoch = 0;
  /** The party that was issued. */
  party = 0;
  /** @type {Map<number, Party>} */
  #parties = new Map();
  /** @type {Map<number, Ticket>} */
  #tickets = new Map();

  /** @param {import("client/wire.js").Change} [event] of an issue */
  constructor(event) {
    if (!event) return;
    this.epoch = event.epoch;
    this.party = /** @type {Party} */ (event.parties[0]).id;
    this.#parties = new Map(event.parties.map((row) => [row.id, row]));
    this.#tickets = new Map(event.tickets.map((row) => [row.id, row]));
  }

  /**
   * A party with its tickets, of the board and of this answer whichever row is newer.
   *
   * @param {Board} board
   * @param {number} id
   * @returns {{party: Party, tickets: Ticket[]}}
   * @throws {Error} where neither knows the party
   */
  partyOn(board, id) {
    const party = this.#newer(board, board.parties.get(id), this.#parties.get(id));
    if (!party) throw new Error(`party ${id} is neither on the board nor in the answer`);
    const tickets = party.tickets.flatMap((t) => this.#newer(board, board.tickets.get(t), this.#tickets.get(t)) ?? []);
    return { party, tickets };
  }

  /**
   * @template {{rev: number}} Row
   * @param {Board} board
   * @param {Row|undefined} shown
   * @param {Row|undefined} answered
   * @returns {Row|undefined}
   */
  #newer(board, shown, answered) {
    if (!shown || !answered || this.epoch !== board.epoch) return this.epoch > (board.epoch ?? 0) ? (answered ?? shown) : (shown ?? answered);
    return shown.rev >= answered.rev ? shown : answered;
  }
}

/** The numbers an event has issued: "118番", or "A12番・D3番" where every queue counts for itself. @param {import("client/wire.js").Change} event */
export function numbersOf(event) {
  return [...new Set(event.tickets.map((ticket) => ticket.number))].map((number) => `${number}番`).join("・");
}
