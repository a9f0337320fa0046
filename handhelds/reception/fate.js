/** @file What became of a command: 送信待ち with its seconds, or the server's refusal with what to do about it. */

import { formatElapsed } from "client/clock.js";
import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { pageWords } from "client/words.js";
import { fetchType } from "client/typeface.js";
import { remedy } from "./acts.js";

const ISSUES_ONCE = "1回だけ発券します";
const ACTS_ONCE = "1回だけ実行します";

void fetchType([pageWords.pending.ja, "返事待ち・つながると", ISSUES_ONCE, ACTS_ONCE]);

/**
 * A command that was sent and is not answered. It offers no way back: it may have arrived.
 *
 * @param {import("./sending.js").Pending} pending
 * @param {number} waited for how long, ms
 * @param {import("client/live.js").Status} status
 * @returns {import("lit-html").TemplateResult}
 */
export function pendingBox({ name, label }, waited, status) {
  const act = name === "issue" ? ISSUES_ONCE : ACTS_ONCE;
  return html`<div class="pending" role="status">
    ${icons.pending}
    <div>
      <strong>${pageWords.pending.ja} ${label}</strong>
      <span>${status.state === "live" ? "返事待ち・" : "つながると"}${act}</span>
    </div>
    <time aria-hidden="true">${formatElapsed(waited)}</time>
  </div>`;
}

/**
 * A refusal: the server's sentence, what to do, and which act it was. What was chosen still stands behind it.
 *
 * @param {import("./sending.js").Failure} failure
 * @returns {import("lit-html").TemplateResult}
 */
export function failedBox({ label, code, ja, en }) {
  const what = remedy(code);
  return html`<div class="failed" role="alert" data-code=${code}>
    <strong>${icons.close}<span class="visually-hidden">${label}：</span>${ja}</strong>
    ${what === null ? nothing : html`<p>${what}</p>`}
    <p lang="en">${en}</p>
  </div>`;
}
