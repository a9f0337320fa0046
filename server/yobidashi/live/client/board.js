/**
 * The board: the state of the whole fair, folded from a snapshot and the events after it.
 *
 * An event carries the complete rows after the change, so applying it is an upsert and nothing more.
 *
 * @module
 */

import { TABLES } from "./wire.js";

/** @typedef {import("./wire.js").Position} Position */
/** @typedef {import("./wire.js").Tables} Tables */
/** @typedef {import("./wire.js").Party} Party */
/** @typedef {import("./wire.js").Ticket} Ticket */
/** @typedef {import("./wire.js").Queue} Queue */
/** @typedef {import("./wire.js").Booth} Booth */
/** @typedef {import("./wire.js").ClockRow} ClockRow */
/** @typedef {import("./wire.js").Offer} Offer */
/** @typedef {import("./wire.js").Notice} Notice */

/** The folded state of one fair. */
export class Board {
  /** The journal's life this board belongs to; null before the first snapshot. @type {number | null} */
  epoch = null;
  /** The offset of the last event folded in. */
  offset = 0;
  /** @type {Map<number, Party>} */
  parties = new Map();
  /** @type {Map<number, Ticket>} */
  tickets = new Map();
  /** @type {Map<string, Queue>} */
  queues = new Map();
  /** By booth number. @type {Map<number, Booth>} */
  booths = new Map();
  /** @type {Map<number, ClockRow>} */
  clocks = new Map();
  /** Advice to those who wait. @type {Map<number, Offer>} */
  offers = new Map();
  /** Announcements. @type {Map<number, Notice>} */
  notices = new Map();

  /** Who waits in each queue, made once per change and only when asked for. @type {Map<string, Ticket[]> | null} */
  #lines = null;

  /**
   * Forgets everything and takes the state of a snapshot.
   *
   * @param {Position & Partial<Tables>} snapshot
   */
  load(snapshot) {
    for (const table of TABLES) this[table].clear();
    this.apply(snapshot);
  }

  /**
   * Folds one event in. Whether it is the next one is decided before (position.js).
   *
   * @param {Position & Partial<Tables>} event
   */
  apply(event) {
    for (const table of TABLES) {
      const rows = /** @type {Map<number | string, object>} */ (this[table]);
      for (const row of event[table] ?? []) rows.set(row.id, row);
    }
    this.epoch = event.epoch;
    this.offset = event.offset;
    this.#lines = null;
  }

  /** Where in the journal this board stands; null before the first snapshot. @returns {Position | null} */
  get position() {
    return this.epoch === null ? null : { epoch: this.epoch, offset: this.offset };
  }

  /**
   * The waiting tickets of a queue in the order of their places, whoever has reserved.
   *
   * @param {string} queue
   * @returns {readonly Ticket[]}
   */
  waiting(queue) {
    this.#lines ??= linesOf(this.tickets.values());
    return this.#lines.get(queue) ?? [];
  }

  /**
   * The waiting tickets of a queue in the order in which they would be called if all were called now: from its slot on a
   * reserved place goes first, but at most `inARow` in a row while others could be called. A ticket that is passed over stands
   * before the one of its kind, due or walk-in, that is called in its stead. The server decides by the same rule;
   * tests/vectors/line.json holds both to it.
   *
   * @param {string} queue
   * @param {number} now the fair's time, ms
   * @param {number} inARow the fair's `limits.reserved_in_a_row`
   * @returns {readonly Ticket[]}
   */
  line(queue, now, inARow) {
    const waiting = this.waiting(queue);
    const due = this.#turns(waiting.filter((ticket) => isDue(ticket, now)).sort(byReserved));
    const walkIns = this.#turns(waiting.filter((ticket) => !isDue(ticket, now)));
    let run = this.queues.get(queue)?.reserved_run ?? 0;
    /** @type {Ticket[]} */
    const line = [];
    for (;;) {
      const both = due.turns.length > 0 && walkIns.turns.length > 0;
      const dueFirst = walkIns.turns.length === 0 || (both && run < inARow);
      const turn = (dueFirst ? due : walkIns).turns.shift();
      if (!turn) return [...line, ...due.rest, ...walkIns.rest];
      run = both && dueFirst ? run + 1 : 0;
      line.push(...turn);
    }
  }

  /**
   * Tickets parted into turns, each of one that can be called and those passed over before it, and a rest without.
   *
   * @param {readonly Ticket[]} tickets
   * @returns {{turns: Ticket[][], rest: Ticket[]}}
   */
  #turns(tickets) {
    /** @type {Ticket[][]} */
    const turns = [];
    /** @type {Ticket[]} */
    let rest = [];
    for (const ticket of tickets) {
      rest.push(ticket);
      if (this.passedOver(ticket)) continue;
      turns.push(rest);
      rest = [];
    }
    return { turns, rest };
  }

  /**
   * A party's tickets in the order they were issued.
   *
   * @param {number} party
   * @returns {Ticket[]}
   */
  ticketsOf(party) {
    const ids = this.parties.get(party)?.tickets ?? [];
    return ids.flatMap((id) => this.tickets.get(id) ?? []);
  }

  /**
   * The party a ticket belongs to. A ticket never comes without it.
   *
   * @param {Ticket} ticket
   * @returns {Party}
   */
  party(ticket) {
    const party = this.parties.get(ticket.party);
    if (!party) throw new Error(`ticket ${ticket.id} without its party ${ticket.party}`);
    return party;
  }

  /**
   * Whether a waiting ticket's party is busy at another booth (他ブース相談中): it is passed over and keeps its place.
   *
   * @param {Ticket} ticket
   * @returns {boolean}
   */
  passedOver(ticket) {
    const active = this.parties.get(ticket.party)?.active ?? null;
    return ticket.state === "waiting" && active !== null && active !== ticket.id;
  }

  /**
   * Every offer that can be accepted now, oldest first: open, not lapsed, and its party still waits in another queue with the
   * ticket it was made for. The server decides by the same rule.
   *
   * @param {number} now the fair's time, ms
   * @returns {Offer[]}
   */
  openOffers(now) {
    return [...this.offers.values()].filter((offer) => this.#isOpen(offer, now)).sort(byId);
  }

  /**
   * The offer that a party can accept now; of several the newest.
   *
   * @param {number} party
   * @param {number} now the fair's time, ms
   * @returns {Offer | null}
   */
  openOffer(party, now) {
    return this.openOffers(now).findLast((offer) => offer.party === party) ?? null;
  }

  /**
   * The announcements in force, oldest first.
   *
   * @param {number} now the fair's time, ms
   * @returns {Notice[]}
   */
  noticesNow(now) {
    return [...this.notices.values()].filter((notice) => notice.until === null || now < notice.until).sort(byId);
  }

  /** @param {Offer} offer @param {number} now */
  #isOpen(offer, now) {
    if (offer.state !== "open" || now >= offer.until) return false;
    const ticket = this.tickets.get(offer.ticket);
    return ticket?.state === "waiting" && ticket.party === offer.party && ticket.queue !== offer.queue;
  }

  /**
   * How many wait in a queue: 組 and 名.
   *
   * @param {string} queue
   * @returns {{parties: number, persons: number}}
   */
  counts(queue) {
    const line = this.waiting(queue);
    return { parties: line.length, persons: line.reduce((sum, ticket) => sum + this.party(ticket).size, 0) };
  }
}

/** @param {{id: number}} a @param {{id: number}} b */
function byId(a, b) {
  return a.id - b.id;
}

/** @param {Ticket} ticket @param {number} now */
function isDue(ticket, now) {
  return ticket.reserved !== null && ticket.reserved <= now;
}

/** @param {Ticket} a @param {Ticket} b */
function byReserved(a, b) {
  return (a.reserved ?? 0) - (b.reserved ?? 0) || a.place - b.place || a.id - b.id;
}

/**
 * @param {Iterable<Ticket>} tickets
 * @returns {Map<string, Ticket[]>}
 */
function linesOf(tickets) {
  /** @type {Map<string, Ticket[]>} */
  const lines = new Map();
  for (const ticket of tickets) {
    if (ticket.state !== "waiting") continue;
    const line = lines.get(ticket.queue);
    if (line) line.push(ticket);
    else lines.set(ticket.queue, [ticket]);
  }
  for (const line of lines.values()) line.sort((a, b) => a.place - b.place || a.id - b.id);
  return lines;
}
