/**
 * What the small screen of a booth shows, read from the board and the estimates.
 *
 * @module
 */

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/guide.js").Guide} Guide */
/** @typedef {import("client/page.js").Fair} Fair */
/** @typedef {import("client/page.js").FairQueue} FairQueue */
/** @typedef {import("client/wire.js").Booth} Booth */
/** @typedef {import("client/wire.js").Ticket} Ticket */

/** How many of the next numbers are told. */
export const NEXT_MAX = 2;

/**
 * @typedef {object} BoothState
 * @property {number} booth
 * @property {boolean} spare
 * @property {boolean} online its consultants are online
 * @property {FairQueue | null} queue the exhibitor here now; null: nobody
 * @property {"called" | "serving" | "free" | "paused" | "closed" | "video" | "unknown"} state unknown: before the first snapshot
 * @property {Booth | null} row
 * @property {Ticket | null} ticket called or serving here
 * @property {string[]} next the numbers that would be called next
 * @property {{parties: number, persons: number}} waiting
 * @property {import("client/guide.js").QueueGuide | null} guide
 */

/**
 * The state of one booth.
 *
 * @param {Fair} fair
 * @param {Board} board
 * @param {Guide} guide
 * @param {number} booth its number
 * @param {number} now the fair's time, ms
 * @returns {BoothState}
 */
export function boothState(fair, board, guide, booth, now) {
  const configured = fair.booths.find(({ number }) => number === booth);
  const row = board.booths.get(booth) ?? null;
  const id = row ? row.queue : (configured?.queue ?? null);
  const ticket = row?.ticket == null ? null : (board.tickets.get(row.ticket) ?? null);
  return {
    booth,
    spare: configured?.role === "spare",
    online: configured?.online === true,
    queue: fair.queues.find((queue) => queue.id === id) ?? null,
    state: stateOf(row, ticket),
    row,
    ticket,
    next: id === null ? [] : nextNumbers(board, id, now, fair.limits.reserved_in_a_row),
    waiting: id === null ? { parties: 0, persons: 0 } : board.counts(id),
    guide: guide.queues.get(id ?? "") ?? null,
  };
}

/** @param {Booth | null} row @param {Ticket | null} ticket @returns {BoothState["state"]} */
function stateOf(row, ticket) {
  if (!row) return "unknown";
  if (ticket) return ticket.state === "called" ? "called" : "serving";
  if (row.queue === null) return "video";
  if (row.state === "open") return "free";
  return row.state;
}

/** Who would be called next; who is busy at another booth is passed over. @param {Board} board @param {string} queue @param {number} now @param {number} inARow */
function nextNumbers(board, queue, now, inARow) {
  const line = board.line(queue, now, inARow).filter((ticket) => !board.passedOver(ticket));
  return line.slice(0, NEXT_MAX).map(({ number }) => number);
}
