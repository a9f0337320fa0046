/** @file The meeting of a party that is called to an online booth: its link is read when the call comes, and forgotten when the talk ends. */

import { read } from "client/ask.js";
import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";

/** @typedef {import("./visit.js").Meeting} Met */

/** After a refusal the link is asked for again so much later, ms: the server's other processes hear of a call a moment later. */
const AGAIN_MS = 3_000;

/** The link of one visit. */
export class OwnMeeting {
  #path;
  #changed;
  /** Whom it is for, and which link. */
  #key = "";
  /** @type {string | null} */
  #link = null;
  #asking = false;
  #asked = -Infinity;

  /**
   * @param {string} path where the link is read, below the fair's API address
   * @param {() => void} changed
   */
  constructor(path, changed) {
    this.#path = path;
    this.#changed = changed;
  }

  /**
   * Hear where the party is called or talks, and which link stands there.
   *
   * @param {Met | null} met
   * @param {import("client/wire.js").Booth | undefined} booth
   */
  keep(met, booth) {
    const key = met?.online && booth?.meeting ? `${met.ticket.id}:${met.ticket.called_offset}:${booth.meeting}` : "";
    if (key !== this.#key) {
      this.#key = key;
      this.#link = null;
      this.#asked = -Infinity;
    }
    if (key !== "" && this.#link === null && !this.#asking && performance.now() - this.#asked > AGAIN_MS) void this.#ask(key);
  }

  /**
   * The button that opens it, in a window of its own that learns nothing of this page.
   *
   * @param {import("./language.js").Sentences} say
   */
  button(say) {
    if (this.#link === null) return nothing;
    return html`<a class="button join" href=${this.#link} target="_blank" rel="noopener noreferrer">${icons.online}${say.join}</a>`;
  }

  /** @param {string} key */
  async #ask(key) {
    this.#asking = true;
    this.#asked = performance.now();
    try {
      const { link } = await read(this.#path);
      // The server takes links of this kind alone, and this page opens no other.
      if (key === this.#key && String(link).startsWith("https://")) this.#link = link;
    } catch {
      // asked again while the call stands; the screen at the booth is there in any case
    } finally {
      this.#asking = false;
      this.#changed();
    }
  }
}
