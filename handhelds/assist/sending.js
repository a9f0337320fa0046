/** @file What the helper's pages send: one command at a time, and what became of it. */

import { CommandError, command } from "client/command.js";
import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";

/** Commands of one page. */
export class Sending {
  /** Whether one is on its way. */
  busy = false;
  /** Seconds it has waited for its answer. */
  #seconds = 0;
  /** @type {{ja: string, en: string} | null} */
  #failure = null;
  #changed;

  /** @param {() => void} changed */
  constructor(changed) {
    this.#changed = changed;
  }

  /** @param {string} name @param {object} args */
  async send(name, args) {
    if (this.busy) return;
    this.busy = true;
    this.#failure = null;
    this.#seconds = 0;
    this.#changed();
    try {
      await command(name, args, {
        onPending: (seconds) => {
          this.#seconds = seconds;
          this.#changed();
        },
      });
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.#failure = { ja: error.ja, en: error.en };
    } finally {
      this.busy = false;
      this.#changed();
    }
  }

  /** What became of the last one, where there is something to say. */
  told() {
    if (this.#failure) return html`<div class="failed" role="alert"><strong>${icons.alarm}${this.#failure.ja}</strong><p lang="en">${this.#failure.en}</p></div>`;
    if (this.busy && this.#seconds > 0) return html`<div class="pending" role="status">${icons.pending}<div><strong>送信待ち</strong><span>つながると1回だけ送ります</span></div><time>${this.#seconds}秒</time></div>`;
    return nothing;
  }
}
