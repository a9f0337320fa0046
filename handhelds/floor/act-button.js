/** @file One act as a button. Where the page does not know, there is none: who does not see may not act. */

import { html, nothing } from "client/view.js";

/**
 * @param {import("./duty.js").Duty} duty
 * @param {import("./acts.js").Act} act
 * @param {boolean} advised the one in ink
 * @param {unknown} [words] instead of the act's own
 */
export function actButton(duty, act, advised, words = act.label) {
  if (!duty.live) return nothing;
  return html`<button type="button" class="button ${advised ? "advised" : ""}" data-act=${act.key} aria-disabled=${duty.press.busy}
    @click=${() => void duty.do(act)}>${words}</button>`;
}
