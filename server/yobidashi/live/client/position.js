/**
 * The gap rule: a page takes the very next event, ignores what it has, and never papers over a gap.
 *
 * @module
 */

/** @typedef {import("./wire.js").Position} Position */

/**
 * What to do with an event.
 *
 * @param {Position | null} mine where the page is; null: it knows nothing yet
 * @param {Position} event where the event is
 * @returns {"apply" | "ignore" | "gap" | "foreign"} gap: events are missing, ask the server again; foreign: the event is of another
 *   life of the journal, only a snapshot helps
 */
export function judge(mine, event) {
  if (mine === null || event.epoch !== mine.epoch) return "foreign";
  if (event.offset === mine.offset + 1) return "apply";
  return event.offset <= mine.offset ? "ignore" : "gap";
}

/**
 * Whether the page has everything up to a position the server named.
 *
 * @param {Position | null} mine
 * @param {Position} named
 * @returns {boolean}
 */
export function reached(mine, named) {
  return mine !== null && mine.epoch === named.epoch && mine.offset >= named.offset;
}
