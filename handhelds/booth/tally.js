/** @file What a booth has done today: its finished talks in 組 and 名, and how long they took. Pure. */

const MINUTE_MS = 60_000;

/**
 * Count the finished talks of one booth.
 *
 * @param {import("client/board.js").Board} board
 * @param {number} booth booth number
 * @returns {{parties: number, persons: number, mean: number|null}} `mean` in whole minutes, of the talks that were timed; null before the first
 */
export function tally(board, booth) {
  let parties = 0;
  let persons = 0;
  let timed = 0;
  let total = 0;
  for (const ticket of board.tickets.values()) {
    if (ticket.state !== "finished" || ticket.booth !== booth) continue;
    parties += 1;
    persons += board.party(ticket).size;
    // Nobody timed who dropped in, and what was corrected.
    if (ticket.called_at === null || ticket.corrected !== null) continue;
    timed += 1;
    total += Math.max(0, (ticket.ended_at ?? 0) - (ticket.started_at ?? ticket.ended_at ?? 0));
  }
  return { parties, persons, mean: timed === 0 ? null : Math.round(total / timed / MINUTE_MS) };
}
