/** @file Links to the parties' own pages, asked for once each. The token in them goes to this page alone. */

/** The links of one desk. */
export class Visits {
  /** By party; null: asked for and on its way. @type {Map<number, string|null>} */
  #links = new Map();
  /** @type {(party: number) => Promise<{url: string}>} */
  #link;
  /** @type {() => void} */
  #changed;

  /**
   * @param {(party: number) => Promise<{url: string}>} link asks for a party's link
   * @param {() => void} changed draws
   */
  constructor(link, changed) {
    this.#link = link;
    this.#changed = changed;
  }

  /** A party's link; null while it is on its way; undefined where it was not asked for, or did not come. @param {number} party @returns {string|null|undefined} */
  of(party) {
    return this.#links.get(party);
  }

  /** Asks for a party's link, unless it is here or on its way. @param {number} party */
  async ask(party) {
    const links = this.#links;
    if (links.has(party)) return;
    links.set(party, null);
    const answer = await this.#link(party).catch(() => null);
    if (answer) links.set(party, answer.url);
    else links.delete(party);
    this.#changed();
  }

  /** In a new life of the journal the same ids are other people: what is on its way is nobody's. */
  clear() {
    this.#links = new Map();
  }
}
