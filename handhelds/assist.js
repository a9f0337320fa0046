/** @file Where the helper at the venue sees which booth asks for help, and how the online booths stand. */

import { formatTime } from "client/clock.js";
import { icons, iconOf } from "client/icons.js";
import { follow } from "client/live.js";
import { fair, page } from "client/page.js";
import { remoteMark } from "client/remote.js";
import { html, nothing, render } from "client/view.js";
import { boothWord } from "client/words.js";

import { helperCalls, helperCallsOf } from "./assist/helper-calls.js";
import { Sending } from "./assist/sending.js";
import { isChecked } from "./checked.js";
import { header, staleBar } from "./header.js";

const root = /** @type {HTMLElement} */ (document.getElementById("assist"));
const sending = new Sending(draw);
const live = follow({ onChange: draw, onStatus: draw });
const remote = fair.booths.filter(({ online }) => online);

draw();
setInterval(draw, 1_000);

function draw() {
  const { board, clock, status } = live;
  const now = board.position === null ? null : clock.now();
  const calls = helperCallsOf(board, fair);
  document.title = `${calls.length ? `（${calls.length}）` : ""}会場の係 · ${fair.name}`;
  root.className = `handheld assist${status.state === "stale" ? " stale" : ""}`;
  const came = (/** @type {number} */ booth) => void sending.send("helper-came", { booth });
  render(
    html`${header({ title: "会場の係", detail: html`<span lang="en">Helper</span>`, status, now })}
      <div class="bars">${staleBar(status)}</div>
      <div class="middle">
        ${sending.told()}
        <section aria-live="polite">
          <h2>呼ばれているブース</h2>
          ${calls.length ? helperCalls(calls, { timezone: fair.timezone, base: page.base, busy: sending.busy, came }) : html`<p class="none">いまは、どこからも呼ばれていません。</p>`}
        </section>
        <section>
          <h2>オンラインのブース</h2>
          ${remote.length ? html`<ul class="remote-booths">${remote.map((booth) => remoteBooth(booth, now))}</ul>` : html`<p class="none">このフェアに、オンラインのブースはありません。</p>`}
        </section>
      </div>`,
    root,
  );
}

/** @param {import("client/page.js").FairBooth} booth @param {number | null} now */
function remoteBooth({ number, queue, home }, now) {
  const row = live.board.booths.get(number);
  const name = fair.queues.find(({ id }) => id === (row?.queue ?? queue ?? home))?.short ?? "予備";
  const ticket = row?.ticket == null ? null : (live.board.tickets.get(row.ticket) ?? null);
  const state = row ? boothWord(row, ticket) : null;
  const checked = now !== null && isChecked(row, now, fair.timezone);
  return html`<li data-booth=${number}>
    <p><strong>${number}番 ${name}</strong> ${remoteMark()}
      <span>${state ? html`${iconOf(state.icon)}${state.ja}${ticket ? ` ${ticket.number}番` : ""}` : nothing}</span>
      <span>${checked && row?.checked_at != null ? html`${icons.done}接続確認 ${formatTime(row.checked_at, fair.timezone)}` : "接続確認がまだです"}</span></p>
    <a class="button" href="${page.base}/booths/${number}/meeting">${icons.online}会議のページ</a>
  </li>`;
}
