/** @file How long an event can still be taken back: the page's copy of the server's rule, so the bar never promises in vain. */

/**
 * The rest of the time in which `undo` will be taken for an event.
 *
 * The server refuses an undo that is too late or whose rows something has changed since; both show on the board.
 *
 * @param {import("client/wire.js").Change} event the event to take back
 * @param {import("client/board.js").Board} board the board as it stands now
 * @param {number|null} now the fair's time, ms; null while it is unknown
 * @param {number} limit_ms the fair's limit, ms
 * @returns {number} ms left, at most `limit_ms`; 0 when it is over, overtaken, or of a fair that has been emptied since
 */
export function undoRest(event, board, now, limit_ms) {
  if (now === null || board.epoch !== event.epoch || overtaken(event, board)) return 0;
  return Math.max(0, Math.min(limit_ms, event.at + limit_ms - now));
}

/**
 * Whether a later event has changed a row of this one. A call counts in its queue's row, as others may after it.
 *
 * @param {any} event
 * @param {any} board
 * @returns {boolean}
 */
function overtaken(event, board) {
  const tables = event.kind === "called" ? ["parties", "tickets", "booths"] : ["parties", "tickets", "queues", "booths"];
  return tables.some((table) =>
    (event[table] ?? []).some((/** @type {any} */ row) => (board[table].get(row.id)?.rev ?? 0) > event.offset),
  );
}
