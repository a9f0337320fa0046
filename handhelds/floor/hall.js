/** @file The whole hall in figures, read from the board: who waits, who is away, what became of offers. Pure. */

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/board.js").Ticket} Ticket */
/** @typedef {import("client/board.js").Party} Party */

/** Tickets that may still become a talk. */
const OPEN = new Set(["waiting", "called", "absent", "held"]);

/**
 * Who sits and waits: parties in some line that are at no booth, and their persons in the hall.
 *
 * @param {Board} board
 * @returns {{parties: number, persons: number}}
 */
export function waitingNow(board) {
  let [parties, persons] = [0, 0];
  for (const party of board.parties.values()) {
    if (party.active !== null || !board.ticketsOf(party.id).some(({ state }) => state === "waiting")) continue;
    parties += 1;
    persons += party.inside;
  }
  return { parties, persons };
}

/**
 * Who came through the door. A party whose tickets were all mistakes never came, and who dropped in at a booth was not counted there.
 *
 * @param {Board} board
 * @returns {{parties: number, persons: number}}
 */
export function cameSoFar(board) {
  let [parties, persons] = [0, 0];
  /** @type {Set<number>} */
  const came = new Set();
  for (const party of board.parties.values()) {
    const tickets = board.ticketsOf(party.id);
    if (tickets.length > 0 && tickets.every(neverWas)) continue;
    came.add(party.id);
    // Those whom a party that came was split from came with it.
    for (let { origin } = party; origin !== null; origin = board.parties.get(origin)?.origin ?? null) came.add(origin);
  }
  for (const party of board.parties.values()) {
    if (!came.has(party.id)) continue;
    parties += party.origin === null ? 1 : 0;
    persons += party.size;
  }
  return { parties, persons };
}

/** Reasons of a cancelled ticket that never should have been, as the server counts them. */
const NEVER_CAME = new Set(["undone", "mistake", "wrong_button", "counted_wrong"]);

/** @param {Ticket} ticket */
function neverWas({ state, reason }) {
  return state === "cancelled" && reason !== null && NEVER_CAME.has(reason);
}

/**
 * Who has visited at least one booth: the figure the goal is about. A party that was split off has visited where its origin had before.
 *
 * @param {Board} board
 * @returns {number} persons
 */
export function visitedSoFar(board) {
  /** @type {(party: Party|undefined, by: number) => boolean} */
  const had = (party, by) => {
    if (!party) return false;
    if (board.ticketsOf(party.id).some((ticket) => isTalk(ticket) && (ticket.started_at ?? 0) <= by)) return true;
    return party.origin !== null && had(board.parties.get(party.origin), Math.min(by, party.issued_at));
  };
  return [...board.parties.values()].reduce((sum, party) => sum + (had(party, Infinity) ? party.size : 0), 0);
}

/** @param {Ticket} ticket */
function isTalk({ state }) {
  return state === "serving" || state === "finished";
}

/**
 * Talks that are over, of parties and of persons.
 *
 * @param {Board} board
 * @returns {{parties: number, persons: number}}
 */
export function finishedSoFar(board) {
  let [parties, persons] = [0, 0];
  for (const ticket of board.tickets.values()) {
    if (ticket.state !== "finished") continue;
    parties += 1;
    persons += board.party(ticket).size;
  }
  return { parties, persons };
}

/**
 * What became of today's offers. One that nobody answered has lapsed.
 *
 * @param {Board} board
 * @param {number} now the fair's time, ms
 * @returns {{made: number, open: number, accepted: number, declined: number}}
 */
export function offersToday(board, now) {
  const offers = [...board.offers.values()];
  const answered = (/** @type {string} */ state) => offers.filter((offer) => offer.state === state && offer.answer !== null).length;
  return { made: offers.length, open: board.openOffers(now).length, accepted: answered("accepted"), declined: answered("declined") };
}

/**
 * Parties that did not come when they were called: those away now, and those who never came back.
 *
 * @param {Board} board
 * @returns {number}
 */
export function noShows(board) {
  return [...board.tickets.values()].filter(({ state, reason }) => state === "absent" || (state === "cancelled" && reason === "no_answer")).length;
}

/**
 * Tickets whose party is absent, the one that is given up next first.
 *
 * @param {Board} board
 * @param {number} now the fair's time, ms
 * @param {number} cancelledAfterMs how long a place is kept
 * @returns {{ticket: Ticket, rest: number}[]} rest: ms until it is given up
 */
export function absentNow(board, now, cancelledAfterMs) {
  return [...board.tickets.values()]
    .filter(({ state }) => state === "absent")
    .map((ticket) => ({ ticket, rest: Math.max(0, (ticket.away_at ?? now) + cancelledAfterMs - now) }))
    .sort((a, b) => a.rest - b.rest);
}

/** @typedef {{number: string, size: number, queues: string[]}} Left a party by its number, and the queues it still wanted */

/**
 * Everybody who still waits for a talk, by number, in the order in which they came: what is left at the end of the day. Numbers alone.
 *
 * @param {Board} board
 * @returns {Left[]}
 */
export function leftOver(board) {
  return partiesWith(board, ({ state }) => OPEN.has(state));
}

/**
 * Everybody whom nobody served by the closing, whether the day was closed already or not: those to be followed up.
 *
 * @param {Board} board
 * @returns {Left[]}
 */
export function unserved(board) {
  return partiesWith(board, ({ state, reason }) => OPEN.has(state) || (state === "cancelled" && reason === "closed"));
}

/** @param {Board} board @param {(ticket: Ticket) => boolean} wanted @returns {Left[]} */
function partiesWith(board, wanted) {
  return [...board.parties.values()]
    .map((party) => ({ party, open: board.ticketsOf(party.id).filter((ticket) => ticket.number !== "" && wanted(ticket)) }))
    .filter(({ open }) => open.length > 0)
    .sort((a, b) => a.party.issued_at - b.party.issued_at || a.party.id - b.party.id)
    .map(({ party, open }) => ({ number: party.number || open[0].number, size: party.size, queues: open.map(({ queue }) => queue) }));
}
