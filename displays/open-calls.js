/**
 * What is called now, read from the board.
 *
 * @module
 */

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/wire.js").Ticket} Ticket */
/** @typedef {import("./calls/stage.js").Call} Call */

/**
 * How old a call may be, in real ms, when the screen first hears of it, and still be announced. After a short break of the
 * network people have heard nothing yet; after a long one a chime would send them nowhere new.
 */
export const LATE_MS = 60_000;

/**
 * Every open call, for the stage.
 *
 * @param {Board} board
 * @param {number} now the fair's time, ms
 * @param {boolean} [news] false: the page has just been opened, and everything on the board is of before
 * @returns {Call[]}
 */
export function openCalls(board, now, news = true) {
  const rate = board.clocks.get(0)?.rate || 1;
  /** @type {Call[]} */
  const calls = [];
  for (const ticket of board.tickets.values()) {
    if (ticket.state !== "called" || ticket.called_offset === null) continue;
    const at = ticket.recalled_at ?? ticket.called_at ?? now;
    calls.push({
      offset: ticket.called_offset,
      ticket: ticket.id,
      recalls: ticket.recalls,
      news: ticket.rev,
      late: !news || (now - at) / rate > LATE_MS,
    });
  }
  return calls;
}
