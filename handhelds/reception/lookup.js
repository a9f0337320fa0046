/** @file Finding a party by the number on its ticket, and where each of its tickets stands. */

/** @typedef {import("client/board.js").Board} Board */

/** How many numbers that begin with the typed ones are offered. */
const NEIGHBOURS = 6;

/**
 * Find who holds a number.
 *
 * A party's number is the same in all its queues; in a fair with lettered series every ticket has its own.
 *
 * @param {Board} board
 * @param {string} typed what was typed, in any case and width
 * @returns {{party: any, number: string}|null}
 */
export function find(board, typed) {
  const number = plain(typed);
  if (number === "") return null;
  for (const party of board.parties.values()) if (party.number === number) return { party, number };
  for (const ticket of board.tickets.values()) {
    if (ticket.number === number) return { party: board.parties.get(ticket.party), number };
  }
  return null;
}

/**
 * Numbers that begin with what was typed, shortest first, for when there is no such number itself.
 *
 * @param {Board} board
 * @param {string} typed
 * @returns {string[]} at most `NEIGHBOURS`
 */
export function neighbours(board, typed) {
  const start = plain(typed);
  if (start === "") return [];
  const numbers = new Set([...board.tickets.values()].map((ticket) => ticket.number));
  return [...numbers]
    .filter((number) => number.startsWith(start))
    .sort((a, b) => a.length - b.length || a.localeCompare(b))
    .slice(0, NEIGHBOURS);
}

/**
 * What a person typed, as numbers are written: capital letters, ASCII digits, nothing else.
 *
 * @param {string} typed
 * @returns {string}
 */
export function plain(typed) {
  return typed.normalize("NFKC").toUpperCase().replaceAll(/[^0-9A-Z]/g, "");
}

/**
 * Who will be called before a ticket, as the line stands now: parties passed over count, because they may come back any moment.
 *
 * @param {Board} board
 * @param {any} ticket a waiting ticket
 * @param {number|null} now the fair's time, ms
 * @param {number} inARow the fair's `limits.reserved_in_a_row`
 * @returns {{parties: number, persons: number}|null} null while the board does not have the ticket in line
 */
export function ahead(board, ticket, now, inARow) {
  const line = board.line(ticket.queue, now ?? 0, inARow);
  const at = line.findIndex((/** @type {any} */ other) => other.id === ticket.id);
  if (at === -1) return null;
  const before = line.slice(0, at);
  const persons = before.reduce((sum, other) => sum + (board.parties.get(other.party)?.size ?? 0), 0);
  return { parties: before.length, persons };
}

/**
 * The booths that serve a queue now.
 *
 * @param {Board} board
 * @param {string} queue
 * @returns {any[]} open booths' rows, by number
 */
export function openBooths(board, queue) {
  const open = [...board.booths.values()].filter((booth) => booth.queue === queue && booth.state === "open");
  return open.sort((a, b) => a.id - b.id);
}

/**
 * Queues in which the party still has business, and so cannot take a second ticket.
 *
 * @param {Board} board
 * @param {import("client/wire.js").Party} party
 * @returns {Map<string, any>} queue id → its open ticket
 */
export function openTickets(board, party) {
  const open = board.ticketsOf(party.id).filter((/** @type {any} */ t) => t.state !== "finished" && t.state !== "cancelled");
  return new Map(open.map((/** @type {any} */ ticket) => [ticket.queue, ticket]));
}
