/**
 * The offers of the guide screen: one queue where people wait long, and three where they would not, changing every 12 s.
 *
 * The rule:
 *
 * 1. Each queue in which people wait long has its turn, in the fair's order. Where nobody waits long, only quiet queues are named.
 * 2. Beside it stand queues that are quiet now: those like it first (`near`, then the same kind), then the shorter wait. Among equals
 *    those go first that have been named least often, so that every municipality gets its turn and no two visitors in a row are sent to
 *    the same one.
 * 3. What is shown is true now: a queue that is no longer quiet leaves its row at once, and the next one takes it.
 * 4. Where nothing is quiet, the shortest waits are named, and are not called quiet.
 *
 * It knows neither the page nor the clock on the wall: it is told what the waits are and what time it is.
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

/**
 * @typedef {object} Offer
 * @property {string | null} from the queue where people wait long; null: nowhere
 * @property {(string | null)[]} to the queues to visit instead, each in its row
 * @property {boolean} quiet whether they are quiet; else they are only the shortest waits
 * @property {number} turn which of the turns this is, from 0
 * @property {number} turns how many queues have a turn; 0: none
 */

/** Chooses what is offered. */
export class Rotation {
  /** @type {readonly OfferQueue[]} */
  #queues;
  /** @type {{from_min: number, to_min: number, margin_min: number}} */
  #limits;
  /** How often each queue has been named, and in which turn last. @type {Map<string, {times: number, last: number}>} */
  #named = new Map();
  #begun = -Infinity;
  #turns = 0;
  /** @type {string | null} */
  #from = null;
  /** @type {(string | null)[]} */
  #to = [];
  #quiet = true;

  /**
   * @param {readonly OfferQueue[]} queues in the fair's order
   * @param {{from_min: number, to_min: number, margin_min: number}} limits the fair's rules of offers, minutes
   */
  constructor(queues, limits) {
    this.#queues = queues;
    this.#limits = limits;
  }

  /**
   * What is offered now.
   *
   * @param {ReadonlyMap<string, QueueGuide>} waits by queue
   * @param {number} now ms on a clock that never goes back
   * @returns {Offer | null} null: no wait is known
   */
  at(waits, now) {
    const known = this.#queues.flatMap(({ id }) => waits.get(id) ?? []);
    if (!known.length) return null;
    const long = this.#long(known);
    const quiet = known.some((queue) => this.#isQuiet(queue));
    const over = now - this.#begun >= TURN_MS || quiet !== this.#quiet || (this.#from === null) !== (long.length === 0);
    if (over || (this.#from !== null && !long.includes(this.#from))) this.#turn(long, quiet, now);
    this.#fill(waits);
    return {
      from: this.#from,
      to: [...this.#to],
      quiet,
      turn: this.#from === null ? 0 : long.indexOf(this.#from),
      turns: long.length,
    };
  }

  /** When the next turn begins, ms. */
  get nextTurn() {
    return this.#begun + TURN_MS;
  }

  /** Where people wait long: at the crowded queues, or where there is none, at those whose wait is worth an offer. @param {QueueGuide[]} known */
  #long(known) {
    const crowded = known.filter(({ level }) => level === "crowded");
    const busy = known.filter(({ level, band }) => level === "busy" && middle(band) > this.#limits.from_min);
    return (crowded.length ? crowded : busy).map(({ id }) => id);
  }

  /** @param {QueueGuide} queue */
  #isQuiet({ level, band }) {
    return level === "quiet" && middle(band) <= this.#limits.to_min;
  }

  /** @param {string[]} long @param {boolean} quiet @param {number} now */
  #turn(long, quiet, now) {
    const order = this.#queues.map(({ id }) => id);
    const last = this.#from === null ? -1 : order.indexOf(this.#from);
    this.#from = long.find((id) => order.indexOf(id) > last) ?? long[0] ?? null;
    this.#to = new Array(PLACES).fill(null);
    this.#quiet = quiet;
    this.#begun = now;
    this.#turns += 1;
  }

  /** Takes out of the rows what is no longer true, and fills them. @param {ReadonlyMap<string, QueueGuide>} waits */
  #fill(waits) {
    const could = this.#could(waits);
    const rows = this.#to.map((id) => (id !== null && could.includes(id) ? id : null));
    const rest = could.filter((id) => !rows.includes(id));
    this.#to = rows.map((id) => id ?? this.#name(rest.shift() ?? null));
  }

  /** The queues that may be named now, the best first. @param {ReadonlyMap<string, QueueGuide>} waits */
  #could(waits) {
    const from = this.#queues.find(({ id }) => id === this.#from);
    const long = from ? middle(waits.get(from.id)?.band ?? null) : Infinity;
    const fit = this.#queues.filter(({ id }) => {
      const queue = waits.get(id);
      if (!queue?.band || id === this.#from || queue.level === "closed") return false;
      return this.#quiet ? this.#isQuiet(queue) && middle(queue.band) + this.#limits.margin_min <= long : queue.level !== "crowded";
    });
    const high = (/** @type {OfferQueue} */ { id }) => waits.get(id)?.band?.high ?? Infinity;
    const rank = (/** @type {OfferQueue} */ queue) => [unlike(from, queue), high(queue), this.#times(queue.id), this.#last(queue.id)];
    return fit.sort((a, b) => compare(rank(a), rank(b))).map(({ id }) => id);
  }

  /** Counts that a queue is named. @param {string | null} id */
  #name(id) {
    if (id !== null) this.#named.set(id, { times: this.#times(id) + 1, last: this.#turns });
    return id;
  }

  /** @param {string} id */
  #times(id) {
    return this.#named.get(id)?.times ?? 0;
  }

  /** @param {string} id */
  #last(id) {
    return this.#named.get(id)?.last ?? 0;
  }
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

/** @param {number[]} a @param {number[]} b */
function compare(a, b) {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at < 0 ? 0 : a[at] - b[at];
}
