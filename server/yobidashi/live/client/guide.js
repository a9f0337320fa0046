/**
 * The guide: how long the wait is in each queue and for each ticket, as the server reckons it every few seconds.
 *
 * It is advice, no part of the board: it lags behind the board by a few seconds, so a page asks the board first whether a ticket waits.
 *
 * @module
 */

/** @typedef {import("./wire.js").GuideFrame} GuideFrame */

/** @typedef {"quiet" | "busy" | "crowded" | "closed"} Level how crowded a queue is; closed: nobody can be served there now */

/**
 * @typedef {object} Band a wait in minutes, from `low` to `high`, multiples of 5; 0 to 5 is said as すぐ
 * @property {number} low
 * @property {number} high
 */

/**
 * @typedef {object} QueueGuide a queue as a party finds it that would take a ticket now
 * @property {string} id
 * @property {number} ahead parties (組) that would be called before it
 * @property {number} booths open ones that serve it
 * @property {Band | null} band null: no booth serves it
 * @property {Level} level
 */

/**
 * @typedef {object} TicketGuide a waiting ticket
 * @property {number} id
 * @property {number} ahead parties (組) that will be called before it
 * @property {Band | null} band null: no booth serves its queue
 */

/** The estimates of one moment. Before the first ones come, it knows nothing. */
export class Guide {
  /** When it was reckoned: the fair's time, ms; null: it never was. @type {number | null} */
  at = null;
  /** By queue id. @type {ReadonlyMap<string, QueueGuide>} */
  queues = new Map();
  /** By ticket id; waiting tickets only. @type {ReadonlyMap<number, TicketGuide>} */
  tickets = new Map();

  /** @param {Pick<GuideFrame, "at" | "queues" | "tickets">} [frame] */
  constructor(frame) {
    if (!frame) return;
    this.at = frame.at;
    this.queues = new Map(frame.queues.map((queue) => [queue.id, queue]));
    this.tickets = new Map(frame.tickets.map((ticket) => [ticket.id, ticket]));
  }
}
