/** @file A tablet at an online booth in the hall, for visitors without a device of their own: whose turn it is, and the meeting. */

import { ask, read } from "client/ask.js";
import { iconOf, icons } from "client/icons.js";
import { follow } from "client/live.js";
import { fair, page } from "client/page.js";
import { remoteMark } from "client/remote.js";
import { html, nothing, render } from "client/view.js";
import { boothWord } from "client/words.js";

import { Sending } from "./assist/sending.js";
import { Meeting, mayMeet } from "./booth/meeting.js";
import { isChecked } from "./checked.js";
import { header, staleBar } from "./header.js";

const place = fair.booths.find(({ number }) => number === page.booth);
if (!place) throw new Error(`expected a booth of this fair, got ${page.booth}`);
const { number: booth, queue: own, home } = place;

const root = /** @type {HTMLElement} */ (document.getElementById("meeting"));
const sending = new Sending(draw);
const meeting = new Meeting({ booth, may: { ...mayMeet(fair, page.me), write: false }, read, ask, changed: draw });
const live = follow({ onChange: see, onStatus: draw });

draw();
setInterval(see, 1_000);

function see() {
  meeting.keep(live.board.booths.get(booth) ?? null);
  draw();
}

function draw() {
  const { board, clock, status } = live;
  const row = board.booths.get(booth) ?? null;
  const ticket = row?.ticket == null ? null : (board.tickets.get(row.ticket) ?? null);
  const queue = fair.queues.find(({ id }) => id === (row?.queue ?? own ?? home));
  const now = board.position === null ? null : clock.now();
  const checked = now !== null && isChecked(row, now, fair.timezone);
  root.className = `handheld at-booth${status.state === "stale" ? " stale" : ""}`;
  document.title = `${booth}番ブース${ticket ? ` ${ticket.number}番` : ""} オンライン · ${fair.name}`;
  render(
    html`${header({ title: html`<span>${booth}番</span> <span>${queue?.short ?? "予備"}</span>`, detail: remoteMark(), status, now })}
      <div class="bars">${staleBar(status)}</div>
      <div class="middle">
        ${row ? state(row, ticket) : nothing}
        ${sending.told()}
        ${meeting.failure ? html`<div class="failed" role="alert"><strong>${icons.alarm}${meeting.failure.ja}</strong><p lang="en">${meeting.failure.en}</p></div>` : nothing}
        ${checked ? nothing : html`<p class="none">相談員の接続確認がまだです。このブースには、まだお呼びしていません。</p>`}
      </div>
      <div class="foot">${row ? helper(row.helper_at !== null) : nothing} ${join(row?.meeting ?? null)}</div>`,
    root,
  );
}

/** @param {import("client/board.js").Booth} row @param {import("client/board.js").Ticket | null} ticket */
function state(row, ticket) {
  const { ja, icon } = boothWord(row, ticket);
  return html`<section class="booth-state ${ticket?.state === "called" ? "lamp" : ""}" aria-live="polite">
    <h2>${iconOf(icon)}${ja}</h2>
    ${ticket ? html`<p class="number">${ticket.number}<span class="visually-hidden">番</span></p>` : nothing}
  </section>`;
}

/** @param {boolean} asked */
function helper(asked) {
  const name = asked ? "helper-came" : "ask-helper";
  return html`<button type="button" class="button helper" data-act=${name} aria-disabled=${sending.busy} @click=${() => void sending.send(name, { booth })}>
    ${icons.help}${asked ? "係が来ました（呼び出し中）" : "会場の係を呼ぶ"}</button>`;
}

/** @param {number | null} stands which link stands */
function join(stands) {
  if (meeting.link === null) return html`<p class="main-rest">${stands === null ? "会議リンクはまだありません" : "会議リンクを読んでいます"}</p>`;
  return html`<a class="button main" href=${meeting.link} target="_blank" rel="noopener noreferrer">
    <span class="main-words">${icons.online} この端末で話す</span><small lang="en">Talk on this device</small></a>`;
}
