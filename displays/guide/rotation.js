/**
 * The offers of the guide screen: one queue where people wait long, and three where they would not, changing every 12 s.
 *
 * The rule:
 *
 * 1. Each queue in which people wait long has its turn, in the fair's order. Where nobody waits long, only quiet queues are named.
 * 2. Beside it stand queues that are quiet now: those like it first (`near`, then the same kind), then the shorter wait. Among equals
 *    each turn goes on where the one before ended, so that every municipality gets its turn and no two visitors in a row are sent to
 *    the same one.
 * 3. What is shown is true now: a queue that is no longer quiet leaves at once, and the next one takes its place.
 * 4. Where nothing is quiet, the shortest waits are named, and are not called quiet.
 *
 * It remembers nothing: what is shown follows from the waits and the server's time alone, so that all guide screens of a hall show the
 * same at the same moment, and one that is opened later joins them.
 *
 * @module
 */

/** @typedef {import("client/guide.js").Band} Band */
/** @typedef {import("client/guide.js").QueueGuide} QueueGuide */

/** How long one offer is shown, ms. */
export const TURN_MS = 12_000;
/** How many queues an offer names. */
export const PLACES = 3;

/**
 * @typedef {object} OfferQueue what the rotation must know of a queue
 * @property {string} id
 * @property {string} kind
 * @property {readonly string[]} [near] queues of similar interest
 */

/** @typedef {{from_min: number, to_min: number, margin_min: number}} Limits the fair's rules of offers, minutes */

/**
 * @typedef {object} Offer
 * @property {string | null} from the queue where people wait long; null: nowhere
 * @property {(string | null)[]} to the queues to visit instead, each in its row
 * @property {boolean} quiet whether they are quiet; else they are only the shortest waits
 * @property {number} turn which of the turns this is, from 0
 * @property {number} turns how many queues have a turn; 0: none
 */

/**
 * What is offered at a moment.
 *
 * @param {readonly OfferQueue[]} queues in the fair's order
 * @param {Limits} limits
 * @param {ReadonlyMap<string, QueueGuide>} waits by queue
 * @param {number} now the server's time, ms
 * @returns {Offer | null} null: no wait is known
 */
export function offerAt(queues, limits, waits, now) {
  const known = queues.flatMap(({ id }) => waits.get(id) ?? []);
  if (!known.length) return null;
  const long = longWaits(known, limits);
  const turns = long.length;
  const begun = Math.floor(now / TURN_MS);
  const turn = turns ? begun % turns : 0;
  const from = long[turn] ?? null;
  const quiet = known.some((queue) => isQuiet(queue, limits));
  const round = turn + Math.floor(begun / Math.max(1, turns)); // shifted, so that the turns of one round do not name the same
  const could = quiet ? quietFor(from, queues, limits, waits) : shortestFor(from, queues, waits);
  const to = inTurn(equals(queues.find(({ id }) => id === from), could, waits), round);
  return { from, to: Array.from({ length: PLACES }, (_, i) => to[i] ?? null), quiet, turn, turns };
}

/** When the turn ends, ms. @param {number} now the server's time, ms */
export function turnEnd(now) {
  return (Math.floor(now / TURN_MS) + 1) * TURN_MS;
}

/** Where people wait long: at the crowded queues, or where there is none, at those whose wait is worth an offer. @param {QueueGuide[]} known @param {Limits} limits */
function longWaits(known, { from_min }) {
  const crowded = known.filter(({ level }) => level === "crowded");
  const busy = known.filter(({ level, band }) => level === "busy" && middle(band) > from_min);
  return (crowded.length ? crowded : busy).map(({ id }) => id);
}

/** @param {QueueGuide} queue @param {Limits} limits */
function isQuiet({ level, band }, { to_min }) {
  return level === "quiet" && middle(band) <= to_min;
}

/** The queues that are quiet, and quieter by enough. @param {string | null} from @param {readonly OfferQueue[]} queues @param {Limits} limits @param {ReadonlyMap<string, QueueGuide>} waits */
function quietFor(from, queues, limits, waits) {
  const long = from === null ? Infinity : middle(waits.get(from)?.band ?? null);
  return queues.filter(({ id }) => {
    const queue = waits.get(id);
    return queue !== undefined && id !== from && isQuiet(queue, limits) && middle(queue.band) + limits.margin_min <= long;
  });
}

/** The queues where nobody waits very long. @param {string | null} from @param {readonly OfferQueue[]} queues @param {ReadonlyMap<string, QueueGuide>} waits */
function shortestFor(from, queues, waits) {
  return queues.filter(({ id }) => {
    const queue = waits.get(id);
    return queue?.band && id !== from && queue.level !== "closed" && queue.level !== "crowded";
  });
}

/**
 * The queues in groups of equals, the best group first, each in the fair's order.
 *
 * @param {OfferQueue | undefined} from
 * @param {OfferQueue[]} could
 * @param {ReadonlyMap<string, QueueGuide>} waits
 * @returns {string[][]}
 */
function equals(from, could, waits) {
  /** @type {Map<string, {rank: [number, number], ids: string[]}>} */
  const groups = new Map();
  for (const queue of could) {
    /** @type {[number, number]} */
    const rank = [unlike(from, queue), waits.get(queue.id)?.band?.high ?? Infinity];
    const group = groups.get(String(rank)) ?? { rank, ids: [] };
    group.ids.push(queue.id);
    groups.set(String(rank), group);
  }
  return [...groups.values()].sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1]).map(({ ids }) => ids);
}

/**
 * Fills the rows with the best groups; of the one that has no room as a whole, each round takes those who come next in it.
 *
 * @param {string[][]} groups
 * @param {number} round
 * @returns {string[]}
 */
function inTurn(groups, round) {
  /** @type {string[]} */
  const named = [];
  for (const ids of groups) {
    const room = PLACES - named.length;
    const first = ids.length <= room ? 0 : (round * room) % ids.length;
    named.push(...[...ids.slice(first), ...ids.slice(0, first)].slice(0, room));
  }
  return named;
}

/** The middle of a band, minutes. @param {Band | null} band */
function middle(band) {
  return band ? (band.low + band.high) / 2 : Infinity;
}

/** How little two queues are alike: 0 of similar interest, 1 of one kind, 2 neither. @param {OfferQueue | undefined} from @param {OfferQueue} to */
function unlike(from, to) {
  if (!from) return 0;
  if (from.near?.includes(to.id)) return 0;
  return from.kind === to.kind ? 1 : 2;
}
