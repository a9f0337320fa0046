/** @file The undo bar: what was just done, and ten seconds in which one touch anywhere on the bar takes it back. */

import { command } from "client/command.js";
import { icons } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";
import { undoRest } from "./reversible.js";

/** @typedef {import("client/wire.js").Change} Change */

const LIMIT_MS = fair.limits.undo_s * 1000;

/** The newest act of this page that can be taken back. An older one is forgotten as soon as there is a newer. */
export class Undo {
  /** @type {{event: Change, sentence: string}|null} */
  #newest = null;
  /** Sent and not answered: the bar is gone, so a second touch cannot send it again. */
  #sending = false;

  /**
   * Offer to take an event back.
   *
   * @param {Change} event the answer of the command that was done
   * @param {string} sentence what was done ("118番を発券しました")
   */
  offer(event, sentence) {
    this.#newest = { event, sentence };
  }

  /** Withdraw the offer, as when something on the page has made it meaningless. */
  forget() {
    this.#newest = null;
  }

  /**
   * Take the newest act back.
   *
   * @returns {Promise<{taken: Change, by: Change}|null>} the event taken back and the event that did it; null if there was none
   * @throws {import("client/command.js").CommandError} where the server refuses: too late, or overtaken
   */
  async take() {
    const newest = this.#newest;
    if (newest === null || this.#sending) return null;
    this.#sending = true;
    try {
      return { taken: newest.event, by: await command("undo", { offset: newest.event.offset }) };
    } finally {
      this.#sending = false;
      if (this.#newest === newest) this.#newest = null;
    }
  }

  /**
   * Whether the bar is there now.
   *
   * @param {import("client/following.js").Following} live
   * @returns {boolean}
   */
  standing(live) {
    return this.#rest(live) > 0;
  }

  /** @param {import("client/following.js").Following} live @returns {number} ms left */
  #rest(live) {
    if (this.#newest === null || this.#sending || live.status.state === "stale") return 0;
    return undoRest(this.#newest.event, live.board, live.clock.now(), LIMIT_MS);
  }

  /**
   * The bar, to be drawn several times a second while it stands.
   *
   * @param {import("client/following.js").Following} live
   * @param {() => void} press what a touch does; it calls `take`
   * @returns {import("lit-html").TemplateResult|typeof nothing}
   */
  bar(live, press) {
    const rest = this.#rest(live);
    if (rest === 0 || this.#newest === null) return nothing;
    return html`<button type="button" class="undo" @click=${press}>
      <span>${this.#newest.sentence}</span>
      <span class="undo-act">${icons.undo}元に戻す <span>${Math.ceil(rest / 1000)}秒</span></span>
      <progress max=${LIMIT_MS} .value=${rest} aria-hidden="true"></progress>
    </button>`;
  }
}
