/** @file Booths that ask for the helper at the venue, longest first: rows for every page of who can send one. */

import { formatTime } from "client/clock.js";
import { icons } from "client/icons.js";
import { remoteMark } from "client/remote.js";
import { html, nothing } from "client/view.js";

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/page.js").Fair} Fair */

/**
 * One booth that asks.
 *
 * @typedef {object} HelperCall
 * @property {number} booth
 * @property {string} name short name of the exhibitor; 予備 of a spare not in use
 * @property {boolean} online
 * @property {number} since ms
 */

/**
 * @param {Board} board
 * @param {Fair} fair
 * @returns {HelperCall[]} longest first
 */
export function helperCallsOf(board, fair) {
  return fair.booths
    .flatMap(({ number, online, home }) => {
      const row = board.booths.get(number);
      if (row?.helper_at == null) return [];
      const queue = fair.queues.find(({ id }) => id === (row.queue ?? home));
      return [{ booth: number, name: queue?.short ?? "予備", online, since: row.helper_at }];
    })
    .sort((a, b) => a.since - b.since || a.booth - b.booth);
}

/**
 * The rows; nothing while nobody asks.
 *
 * @param {readonly HelperCall[]} calls
 * @param {object} how
 * @param {string} how.timezone
 * @param {string} how.base what goes before /booths/…
 * @param {boolean} how.busy whether a press would do nothing now
 * @param {(booth: number) => void} how.came the helper has come there: `helper-came`
 * @returns {import("client/view.js").TemplateResult | typeof nothing}
 */
export function helperCalls(calls, { timezone, base, busy, came }) {
  if (calls.length === 0) return nothing;
  return html`<ul class="helper-calls" aria-label="会場の係の呼び出し">
    ${calls.map(
      ({ booth, name, online, since }) => html`<li class="helper-call" data-booth=${booth}>
        ${icons.help}
        <p><strong>${booth}番 ${name}</strong> ${online ? remoteMark() : nothing}<span>係を呼んでいます <time>${formatTime(since, timezone)}</time>から</span></p>
        <span class="helper-acts">
          ${online ? html`<a class="button" href="${base}/booths/${booth}/meeting">${icons.online}会議</a>` : nothing}
          <button type="button" class="button" aria-disabled=${busy} @click=${() => came(booth)}>${icons.done}係が行きました</button>
        </span>
      </li>`,
    )}
  </ul>`;
}
