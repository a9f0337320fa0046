/** @file How a phone makes itself noticed: a sound after one tap, a shake where it can, a screen that stays on, the page's title. */

import { keepAwake } from "client/awake.js";
import { Chime } from "client/chime.js";

/** A shake, still, a shake, ms. */
const SHAKES_MS = [400, 200, 400];

/** One phone. */
export class Attention {
  #chime;
  #calls = "";

  /** @param {() => void} changed called when the browser begins or ceases to allow sound */
  constructor(changed) {
    this.#chime = new Chime(changed);
  }

  /** Whether the phone can be heard. */
  get audible() {
    return this.#chime.audible;
  }

  /** Somebody has tapped: from now on it may sound, and the screen may stay on. Rings once, so that one knows how it sounds. */
  async allow() {
    keepAwake();
    await this.#chime.allow();
    this.#chime.ring();
  }

  /**
   * Rings and shakes once for each call.
   *
   * @param {string} call names the call; "": nobody calls
   */
  call(call) {
    if (call !== "" && call !== this.#calls) {
      this.#chime.ring();
      navigator.vibrate?.(SHAKES_MS);
    }
    this.#calls = call;
  }
}
