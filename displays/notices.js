/**
 * The notices in force: one at a time, each for 12 s, for as long as it holds; the same one on every screen.
 *
 * @module
 */

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/wire.js").Notice} Notice */

/** How long a notice is shown while there are others, ms. */
export const TURN_MS = 12_000;

/**
 * The notice to show.
 *
 * @param {Board} board
 * @param {number} fairNow the fair's time, ms: what is in force
 * @param {number} now the server's time, ms: whose turn it is
 * @returns {Notice | null}
 */
export function noticeAt(board, fairNow, now) {
  const notices = board.noticesNow(fairNow);
  return notices[Math.floor(now / TURN_MS) % notices.length] ?? null;
}
