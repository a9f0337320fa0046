/** @file The day so far in steps of ten minutes, read from the board's rows. Pure. */

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/board.js").Ticket} Ticket */

/** One step, ms. */
export const STEP_MS = 10 * 60_000;

/** Steps of the longest day that is drawn. */
export const STEPS_MAX = 24 * 6;

/**
 * @typedef {object} Step
 * @property {number} at its beginning, the fair's time in ms
 * @property {number} waiting persons who waited at its end, or now
 * @property {number} called calls in it
 * @property {number} finished talks that ended in it
 */

/**
 * The steps from the opening until now; none before it.
 *
 * A row knows its newest call alone, so who was called, did not come and waits again counts as having waited all along.
 *
 * @param {Board} board
 * @param {number} opens_at the fair's time, ms
 * @param {number} now
 * @returns {Step[]}
 */
export function timeline(board, opens_at, now) {
  const count = Math.min(STEPS_MAX, Math.ceil((now - opens_at) / STEP_MS));
  if (count <= 0) return [];
  const steps = Array.from({ length: count }, (_, i) => {
    const at = opens_at + i * STEP_MS;
    return { at, waiting: waitingAt(board, Math.min(now, at + STEP_MS)), called: 0, finished: 0 };
  });
  const stepOf = (/** @type {number|null} */ at) => (at === null ? undefined : steps[Math.floor((at - opens_at) / STEP_MS)]);
  for (const ticket of board.tickets.values()) {
    const [called, finished] = [stepOf(ticket.called_at), ticket.state === "finished" ? stepOf(ticket.ended_at) : undefined];
    if (called) called.called += 1;
    if (finished) finished.finished += 1;
  }
  return steps;
}

/** @param {Board} board @param {number} at @returns {number} persons */
function waitingAt(board, at) {
  let persons = 0;
  for (const party of board.parties.values()) {
    const tickets = board.ticketsOf(party.id);
    if (tickets.some((ticket) => inLine(ticket, at)) && !tickets.some((ticket) => atBooth(ticket, at))) persons += party.size;
  }
  return persons;
}

/** @param {Ticket} ticket @param {number} at */
function inLine({ issued_at, called_at, away_at, ended_at }, at) {
  return issued_at <= at && at < (called_at ?? away_at ?? ended_at ?? Infinity);
}

/** @param {Ticket} ticket @param {number} at */
function atBooth({ called_at, away_at, ended_at }, at) {
  return called_at !== null && called_at <= at && at < (away_at ?? ended_at ?? Infinity);
}
