/**
 * The mark of a demonstration: on every page, beside its title, so that nobody takes a trial for the day itself.
 *
 * @module
 */

import { html, nothing } from "./view.js";

/**
 * The mark, or nothing on the day itself.
 *
 * @param {{demonstration: boolean}} fair
 * @returns {import("./view.js").TemplateResult | typeof nothing}
 */
export function demonstrationMark({ demonstration }) {
  return demonstration ? html`<strong class="demonstration-mark">練習 <span lang="en">Demo</span></strong>` : nothing;
}
