/** @file Who waits at a booth's queue, as its list shows them: the waiting in calling order, then the absent and the held. */

/** How many parties at the front are told まもなく. */
export const SOON_PARTIES = 2;

/**
 * What decides whose turn it is, besides the board.
 *
 * @typedef {object} When
 * @property {number} now the fair's time, ms: from its slot on a reserved place goes first
 * @property {number} inARow the fair's `limits.reserved_in_a_row`
 * @property {string} timezone where the fair's clocks hang: a meeting link is checked for its day
 */

/**
 * One party in the list of a booth.
 *
 * @typedef {object} Place
 * @property {import("client/board.js").Ticket} ticket its ticket in this queue
 * @property {number} size persons (名)
 * @property {"soon"|"waiting"|"elsewhere"|"away"} kind まもなく, お待ち, 他ブース相談中 or 不在・保留
 * @property {number} since from when its minutes count, ms: issued, or away
 * @property {number} chairs extra chairs the booth needs for it; 0 where its seats suffice
 */

/**
 * The list of a queue.
 *
 * @param {import("client/board.js").Board} board
 * @param {string|null} queue queue id; null (a spare not in use) has no line
 * @param {number} seats visitors' seats at this booth
 * @param {When} when
 * @returns {Place[]}
 */
export function line(board, queue, seats, { now, inARow }) {
  if (queue === null) return [];
  let callable = 0;
  const waiting = board.line(queue, now, inARow).map((ticket) => {
    const elsewhere = board.passedOver(ticket);
    if (!elsewhere) callable += 1;
    const kind = elsewhere ? "elsewhere" : callable <= SOON_PARTIES ? "soon" : "waiting";
    return place(board, ticket, kind, ticket.issued_at, seats);
  });
  const away = [...board.tickets.values()]
    .filter((ticket) => ticket.queue === queue && (ticket.state === "absent" || ticket.state === "held"))
    .map((ticket) => place(board, ticket, "away", ticket.away_at ?? ticket.issued_at, seats))
    .sort((a, b) => a.since - b.since || a.ticket.id - b.ticket.id);
  return [...waiting, ...away];
}

/**
 * @param {import("client/board.js").Board} board
 * @param {import("client/board.js").Ticket} ticket
 * @param {Place["kind"]} kind
 * @param {number} since
 * @param {number} seats
 * @returns {Place}
 */
function place(board, ticket, kind, since, seats) {
  const { size } = board.party(ticket);
  return { ticket, size, kind, since, chairs: Math.max(0, size - seats) };
}

/**
 * The party that 次の方を呼ぶ would call now: the first that waits and is not at another booth. Advice only: the server decides.
 *
 * @param {Place[]} places
 * @returns {Place|null}
 */
export function nextOf(places) {
  return places.find(({ kind }) => kind === "soon" || kind === "waiting") ?? null;
}

/**
 * Parties and persons who wait, in both units (組, 名); those away do not count.
 *
 * @param {Place[]} places
 * @returns {{parties: number, persons: number}}
 */
export function count(places) {
  const waiting = places.filter(({ kind }) => kind !== "away");
  return { parties: waiting.length, persons: waiting.reduce((sum, { size }) => sum + size, 0) };
}
