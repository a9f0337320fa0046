/**
 * The map of the booths: six columns, the main booths above, the spares below, each always at its place.
 *
 * @module
 */

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/page.js").Fair} Fair */
/** @typedef {import("client/wire.js").Booth} Booth */
/** @typedef {import("client/wire.js").Ticket} Ticket */

/** Columns of the map, on every page that shows it. */
export const COLUMNS = 6;

/**
 * @typedef {object} Cell one booth on the map
 * @property {number} booth its number
 * @property {string} name the short name of the queue it serves; 予備 for a spare that serves none
 * @property {boolean} used false: outlined, for nobody is called there
 * @property {Booth | null} row null: the board does not know the booth (yet)
 * @property {Ticket | null} ticket called or serving there
 */

/**
 * The cells of the map in the order of the booths' numbers.
 *
 * @param {Fair} fair
 * @param {Board} board
 * @returns {{main: Cell[], spare: Cell[]}}
 */
export function boothCells(fair, board) {
  const shorts = new Map(fair.queues.map((queue) => [queue.id, queue.short]));
  const booths = [...fair.booths].sort((a, b) => a.number - b.number);
  /** @param {"main" | "spare"} role */
  const cells = (role) =>
    booths
      .filter((booth) => booth.role === role)
      .map((booth) => {
        const row = board.booths.get(booth.number) ?? null;
        const queue = row ? row.queue : booth.queue;
        const ticket = row?.ticket == null ? null : (board.tickets.get(row.ticket) ?? null);
        const name = queue === null ? "予備" : (shorts.get(queue) ?? queue);
        return { booth: booth.number, name, used: ticket !== null || (queue !== null && row?.state === "open"), row, ticket };
      });
  return { main: cells("main"), spare: cells("spare") };
}

/**
 * How many rows of six the map has: both parts begin a row of their own.
 *
 * @param {Fair} fair
 * @returns {number}
 */
export function rowsOf(fair) {
  const spares = fair.booths.filter((booth) => booth.role === "spare").length;
  return Math.ceil((fair.booths.length - spares) / COLUMNS) + Math.ceil(spares / COLUMNS);
}
