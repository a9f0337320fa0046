/** @file The head of a panel about what was tapped in the map: what it is, and the way back. */

import { icons } from "client/icons.js";
import { html } from "client/view.js";

/** @param {import("./duty.js").Duty} duty @param {unknown} title @param {unknown} detail */
export function panelHead(duty, title, detail) {
  return html`<header class="panel-head">
    <button type="button" class="button" @click=${() => duty.show({ name: "home" })}>${icons.back}<span class="visually-hidden">対応に戻る</span></button>
    <div><h2 tabindex="-1" data-focus>${title}</h2><p>${detail}</p></div>
  </header>`;
}
