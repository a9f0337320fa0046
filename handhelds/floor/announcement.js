/** @file An announcement to every screen, as it is being written. Pure. */

import { EN_MAX, JA_MAX } from "./sentences.js";

/** How long it may stand, minutes; null: until it is ended. */
export const MINUTES = Object.freeze([5, 15, 30, null]);

/** What is being written. */
export class Announcement {
  ja = "";
  en = "";
  /** @type {number|null} */
  minutes = 15;

  /** @param {import("./sentences.js").Sentence} sentence */
  take({ ja, en, minutes }) {
    this.ja = ja;
    this.en = en;
    this.minutes = minutes;
  }

  /** Whether the server would take it. */
  get whole() {
    const [ja, en] = [this.ja.trim(), this.en.trim()];
    return ja.length > 0 && ja.length <= JA_MAX && en.length <= EN_MAX;
  }

  /** @returns {import("./acts.js").Act} */
  get act() {
    const [ja, en] = [this.ja.trim(), this.en.trim()];
    return {
      key: "announce",
      command: "announce",
      args: { ja, ...(en && { en }), ...(this.minutes !== null && { minutes: this.minutes }) },
      label: "すべての画面に流す",
      done: "お知らせを流しました",
    };
  }
}
