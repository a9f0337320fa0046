/**
 * Booths whose consultants are not in the hall have a mark on every page.
 *
 * @module
 */

import { icons } from "./icons.js";
import { html } from "./view.js";

/** The word of the mark. */
export const remoteWord = Object.freeze({ ja: "オンライン", en: "Remote" });

/** オンライン Remote, with its icon: square, for it is read. @returns {import("./view.js").TemplateResult} */
export function remoteMark() {
  return html`<span class="remote-mark">${icons.online}<span>${remoteWord.ja}</span> <span lang="en">${remoteWord.en}</span></span>`;
}
