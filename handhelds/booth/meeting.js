/**
 * @file The meeting link of an online booth: read from the server when another one stands, opened, checked, forgotten with the page.
 * The board knows only which link stands and whether it was checked.
 */

/** @typedef {{ja: string, en: string}} Words */

/** Roles that see the link (staff/permissions.py). */
const READERS = new Set(["online", "guide", "floor", "chief"]);
/** Roles that set and check it. */
const WRITERS = new Set(["online", "floor", "chief"]);

/** After a refusal the link is asked for again so much later, ms: this server process may not have heard yet that it was set. */
const AGAIN_MS = 2_000;

/**
 * What who opened this page may do with the link.
 *
 * @param {{demonstration: boolean}} fair its links are made up
 * @param {import("client/page.js").Me} me
 * @returns {{read: boolean, write: boolean}}
 */
export function mayMeet({ demonstration }, { roles }) {
  return { read: demonstration || roles.some((role) => READERS.has(role)), write: demonstration || roles.some((role) => WRITERS.has(role)) };
}

/** The link of one booth. */
export class Meeting {
  /** @type {string|null} */
  link = null;
  /** Which link that is: `meeting` of the booth's row. @type {number|null} */
  number = null;
  /** Which link was opened from this page. @type {number|null} */
  opened = null;
  /** What the server would not do, in its words. @type {Words|null} */
  failure = null;
  /** Whether something is on its way. */
  asking = false;
  /** Whether the link is being typed anew. */
  editing = false;
  /** Whether the panel was asked for though nothing needs to be done. */
  open = false;

  /** Which one stands, as the board says. @type {number|null} */
  #stands = null;
  #asked = -Infinity;

  /**
   * @param {object} parts
   * @param {number} parts.booth
   * @param {{read: boolean, write: boolean}} parts.may
   * @param {(path: string) => Promise<any>} parts.read
   * @param {(path: string, args: object) => Promise<any>} parts.ask
   * @param {() => void} parts.changed
   */
  constructor({ booth, may, read, ask, changed }) {
    this.booth = booth;
    this.may = may;
    this.read = read;
    this.ask = ask;
    this.changed = changed;
  }

  /** Whether the link on this page is the one that stands and was opened from here. */
  get wasOpened() {
    return this.opened !== null && this.opened === this.#stands;
  }

  /**
   * Hear which link stands; another than this page has is asked for.
   *
   * @param {import("client/wire.js").Booth|null} row
   */
  keep(row) {
    this.#stands = row?.meeting ?? null;
    if (this.#stands === null || !this.may.read) return;
    const lacking = this.number === null || this.number < this.#stands;
    if (lacking && !this.asking && performance.now() - this.#asked > AGAIN_MS) void this.#load();
  }

  /** Set a new link. @param {string} link @returns {Promise<void>} */
  async set(link) {
    await this.#doing(async () => {
      await this.ask(`/booths/${this.booth}/meeting`, { link });
      this.editing = false;
      this.opened = this.link = this.number = null;
      this.#asked = -Infinity;
    });
  }

  /** The link was opened from this page: now one can say whether it leads there. */
  follow() {
    this.opened = this.number;
    this.changed();
  }

  /** Type it anew, or not after all. @param {boolean} editing */
  edit(editing) {
    this.editing = editing;
    this.failure = null;
    this.changed();
  }

  /** Show the panel, or not. @param {boolean} open */
  show(open) {
    this.open = open;
    this.edit(false);
  }

  async #load() {
    this.#asked = performance.now();
    await this.#doing(async () => {
      const { link, meeting } = await this.read(`/booths/${this.booth}/meeting`);
      // An address of another kind would run in this page; the server takes none, and this page opens none.
      if (String(link).startsWith("https://")) [this.link, this.number] = [link, meeting];
    });
  }

  /** @param {() => Promise<void>} act */
  async #doing(act) {
    this.asking = true;
    this.failure = null;
    this.changed();
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Error && "ja" in error && "en" in error)) throw error;
      this.failure = { ja: String(error.ja), en: String(error.en) };
    } finally {
      this.asking = false;
      this.changed();
    }
  }
}
