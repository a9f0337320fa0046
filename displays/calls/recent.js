/**
 * The last calls: newest first, without those shown large. A row leaves only when enough newer ones exist, or when its call was
 * taken back.
 *
 * @module
 */

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/wire.js").Ticket} Ticket */

/** The states in which a call has been made and stands: an undone, moved or cancelled one is gone. */
const CALLED = new Set(["called", "serving", "finished", "absent", "held"]);

/**
 * The tickets that were called last.
 *
 * @param {Board} board
 * @param {ReadonlySet<number>} large tickets that are shown large
 * @param {number} rows at most
 * @returns {Ticket[]} newest call first
 */
export function recentCalls(board, large, rows) {
  /** @param {Ticket} ticket */
  const order = (ticket) => ticket.called_offset ?? 0;
  const called = [...board.tickets.values()].filter(
    (ticket) => ticket.called_offset !== null && ticket.booth !== null && CALLED.has(ticket.state) && !large.has(ticket.id),
  );
  return called.sort((a, b) => order(b) - order(a)).slice(0, rows);
}
