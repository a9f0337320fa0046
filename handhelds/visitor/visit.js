/** @file What a party's own page shows: found in the public board and in the guide by the party's id, and in nothing else. */

import { adviceOf, queueOf } from "../offered.js";

/** @typedef {import("../offered.js").Advice} Advice */
/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/guide.js").Band} Band */
/** @typedef {import("client/guide.js").Guide} Guide */
/** @typedef {import("client/page.js").Fair} Fair */
/** @typedef {import("client/page.js").FairQueue} FairQueue */
/** @typedef {import("client/wire.js").Ticket} Ticket */

/** So many at the front of a line hear まもなく. */
const SOON = 2;

/**
 * @typedef {object} Place one queue the party stands in
 * @property {Ticket} ticket
 * @property {FairQueue} queue
 * @property {"waiting" | "soon" | "elsewhere" | "away"} state elsewhere: the party talks at another booth; away: absent or on hold
 * @property {number} ahead parties (組) that would be called before it
 * @property {Band | null} band null: nobody can say, or no booth serves the queue
 * @property {import("client/guide.js").Level | null} level how crowded the queue is
 */

/**
 * @typedef {object} Meeting where the party is called to, or talks
 * @property {Ticket} ticket
 * @property {FairQueue} queue
 * @property {number} booth
 * @property {boolean} online the consultant is not in the hall
 */

/**
 * @typedef {object} Visit
 * @property {string} number "" where the board does not know the party
 * @property {number} size persons (名)
 * @property {Meeting | null} call
 * @property {Meeting | null} talk
 * @property {Place[]} places soonest first
 * @property {Advice | null} advice
 * @property {FairQueue[]} done where a consultation is over, each once, in the order of the fair
 * @property {FairQueue[]} lapsed places that were cancelled because nobody came
 * @property {FairQueue[]} unserved places that nobody could call any more before the closing
 * @property {{ja: string, en: string | null}[]} notices
 */

/**
 * @param {object} known
 * @param {Board} known.board
 * @param {Guide} known.guide
 * @param {Fair} known.fair
 * @param {number} known.party
 * @param {number | null} known.now the fair's time, ms; null: unknown yet
 * @returns {Visit}
 */
export function visitOf({ board, guide, fair, party, now }) {
  const at = now ?? 0;
  const row = board.parties.get(party);
  const tickets = board.ticketsOf(party);
  const met = (/** @type {"called" | "serving"} */ state) => {
    const ticket = tickets.find((each) => each.state === state);
    const booth = fair.booths.find(({ number }) => number === ticket?.booth);
    return ticket && ticket.booth !== null
      ? { ticket, queue: queueOf(fair, ticket.queue), booth: ticket.booth, online: booth?.online ?? false }
      : null;
  };
  const open = tickets.filter(({ state }) => ["waiting", "absent", "held"].includes(state));
  const lapsed = tickets.filter((each) => each.state === "cancelled" && each.reason === "no_answer");
  return {
    number: row?.number || tickets[0]?.number || "",
    size: row?.size ?? 0,
    call: met("called"),
    talk: met("serving"),
    places: open.map((ticket) => place(ticket)).sort(bySoonest),
    advice: adviceOf({ board, guide, fair, party, now }),
    done: fair.queues.filter(({ id }) => tickets.some((each) => each.queue === id && each.state === "finished")),
    lapsed: lapsed.map(({ queue }) => queueOf(fair, queue)),
    unserved: tickets.filter((each) => each.state === "cancelled" && each.reason === "closed").map(({ queue }) => queueOf(fair, queue)),
    notices: board.noticesNow(at),
  };

  /** @param {Ticket} ticket @returns {Place} */
  function place(ticket) {
    const line = board.line(ticket.queue, at, fair.limits.reserved_in_a_row);
    const ahead = Math.max(0, line.findIndex(({ id }) => id === ticket.id));
    const waits = ticket.state === "waiting";
    const elsewhere = board.passedOver(ticket);
    return {
      ticket,
      queue: queueOf(fair, ticket.queue),
      state: !waits ? "away" : elsewhere ? "elsewhere" : ahead < SOON ? "soon" : "waiting",
      ahead,
      band: waits ? guide.tickets.get(ticket.id)?.band ?? null : null,
      level: guide.queues.get(ticket.queue)?.level ?? null,
    };
  }
}

/**
 * What distinguishes one call from the next: a recall is a new one.
 *
 * @param {Meeting | null} call
 * @returns {string} "" while nobody calls
 */
export function callKey(call) {
  return call ? `${call.ticket.id}:${call.ticket.called_offset}:${call.ticket.recalls}` : "";
}

/** @param {Place} a @param {Place} b */
function bySoonest(a, b) {
  const wait = (/** @type {Place} */ place) => (place.state === "away" ? Infinity : place.band?.high ?? 999);
  return wait(a) - wait(b) || a.ahead - b.ahead || a.ticket.id - b.ticket.id;
}
