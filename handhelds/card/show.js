/** @file What is shown across the desk: the QR code, and beside it the code for whoever has no camera. */

import { page } from "client/page.js";
import { html } from "client/view.js";

/**
 * @param {{token: string, code: string}} own
 * @returns {import("lit-html").TemplateResult}
 */
export function show({ token, code }) {
  return html`<div class="show">
    <h2>この画面を受付で見せてください</h2>
    <p class="en" lang="en">Please show this at the reception.</p>
    <img class="show-qr" src=${`${page.base}/c/${token}/qr.svg`} alt="受付で読み取るQRコード" width="280" height="280">
    <p class="show-code"><span>受付コード <span class="en" lang="en">Code</span></span> <strong aria-label=${[...code].join(" ")}>${code}</strong></p>
  </div>`;
}
