/** @file 相談内容: what the party wants to talk about, one tap from its call. Read when it is asked for, forgotten when the talk ends. */

/** @typedef {{ja: string, en: string}} Words */
/** @typedef {Words & {key: string, values: Words[]}} Line */

/**
 * A brief (`GET booths/{booth}/briefs/{ticket}`).
 *
 * @typedef {object} Brief
 * @property {number} adults
 * @property {number} children
 * @property {Line[]} glance language, needs, online: what must be ready before the party sits down
 * @property {Line[]} lines
 */

/** One of those who reserved (`GET booths/{booth}/briefs`). @typedef {{slot: number, arrived: boolean, brief: Brief}} Booked */

/** What is open: the brief of one ticket, or those of everybody who reserved. @typedef {{ticket: number, brief: Brief} | {booked: Booked[]}} Open */

/** The roles that may read briefs (staff/permissions.py). */
const READERS = new Set(["consultant", "online"]);

/**
 * Whether who opened this page reads briefs.
 *
 * @param {{demonstration: boolean}} fair
 * @param {import("client/page.js").Me} me
 */
export function readsBriefs({ demonstration }, { roles }) {
  return demonstration || roles.some((role) => READERS.has(role)); // those of a demonstration are made up
}

/** The briefs of one booth. */
export class Briefs {
  /** @type {Open|null} */
  open = null;
  /** What the server would not give, in its words. @type {Words|null} */
  failure = null;
  /** Whether one is being asked for. */
  asking = false;

  #read;
  #booth;
  #changed;

  /** @param {{booth: number, read: (path: string) => Promise<any>, changed: () => void}} parts */
  constructor({ booth, read, changed }) {
    this.#read = read;
    this.#booth = booth;
    this.#changed = changed;
  }

  /** Open the brief of a ticket. @param {number} ticket */
  show(ticket) {
    return this.#ask(`/booths/${this.#booth}/briefs/${ticket}`, (brief) => ({ ticket, brief }));
  }

  /** Open the briefs of all who reserved this booth's queue today. */
  showBooked() {
    return this.#ask(`/booths/${this.#booth}/briefs`, ({ booked }) => ({ booked }));
  }

  /** Close, and forget. */
  close() {
    this.open = this.failure = null;
    this.#changed();
  }

  /** A party that is no longer here, or no longer expected, is not read about. @param {number|null} ticket whom the panel shows */
  keep(ticket) {
    if (this.open && "ticket" in this.open && this.open.ticket !== ticket) this.close();
  }

  /** @param {string} path @param {(answer: any) => Open} opened */
  async #ask(path, opened) {
    if (this.asking) return;
    this.asking = true;
    this.failure = null;
    this.#changed();
    try {
      this.open = opened(await this.#read(path));
    } catch (error) {
      if (!(error instanceof Error && "ja" in error && "en" in error)) throw error;
      this.open = null;
      this.failure = { ja: String(error.ja), en: String(error.en) };
    } finally {
      this.asking = false;
      this.#changed();
    }
  }
}

/**
 * Of whom the panel shows now, a brief may be read: who is at the booth, and the next one where it has a reserved place.
 *
 * @param {import("./act.js").Situation} now
 * @returns {import("client/board.js").Ticket|null}
 */
export function readable({ state, ticket, next }) {
  if (state === "called" || state === "serving") return ticket;
  return state === "idle" && next && next.ticket.reserved !== null ? next.ticket : null;
}
