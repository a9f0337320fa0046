/** @file The state panel: what stands at this booth now, readable from two steps away. */

import { formatElapsed, formatTime, minutes } from "client/clock.js";
import { iconOf } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { actWords, boothWord, boothWords } from "client/words.js";

import { reservedAt } from "../reserved.js";

/** @typedef {import("./act.js").Situation} Situation */

/**
 * What the panel needs besides the situation.
 *
 * @typedef {object} Seen
 * @property {number} now the fair's time, ms
 * @property {number} recallMs after how long without an answer a call is repeated, ms
 * @property {string} timezone
 * @property {(queue: string) => string} nameOf short name of a queue
 * @property {unknown} [brief] the button that opens the brief of whom the panel shows
 */

/**
 * The word of a situation; a repeated call is 再呼出.
 *
 * @param {Situation} now
 * @returns {{ja: string, icon: import("client/words.js").Word["icon"]}}
 */
export function stateWord(now) {
  if (now.row === null) return { ja: "読み込み中", icon: null };
  if (now.state === "closed") return { ja: actWords.close.ja, icon: boothWords.closed.icon };
  return boothWord(now.row, now.ticket);
}

/**
 * The panel. While a number is called it is the lamp.
 *
 * @param {Situation} now
 * @param {Seen} seen
 * @returns {import("lit-html").TemplateResult}
 */
export function panel(now, seen) {
  const { ja, icon } = stateWord(now);
  return html`<section class="state state-${now.state} ${now.state === "called" ? "lamp" : ""}" data-state=${now.state} aria-label="ブースの状態">
    <div class="state-head">
      <h2 class="state-word">${iconOf(icon)}${ja}</h2>
      ${elapsed(now, seen)}
    </div>
    ${body(now, seen)}
  </section>`;
}

/**
 * @param {Situation} now
 * @param {Seen} seen
 */
function elapsed(now, seen) {
  const [label, since] = sinceWhen(now);
  if (since === null) return nothing;
  return html`<p class="state-time"><span>${label}</span> <time>${formatElapsed(Math.max(0, seen.now - since))}</time></p>`;
}

/**
 * @param {Situation} now
 * @returns {[string, number|null]} the words and the moment from which the panel counts
 */
function sinceWhen({ state, ticket, row }) {
  if (state === "called" && ticket) {
    return ticket.recalled_at === null ? ["呼び出しから", ticket.called_at] : ["再呼出から", ticket.recalled_at];
  }
  if (state === "serving" && ticket) return ["相談開始から", ticket.started_at];
  if (state === "paused") return ["休止から", row?.since ?? null];
  return ["", null];
}

/**
 * @param {Situation} now
 * @param {Seen} seen
 */
function body(now, seen) {
  if (now.ticket && (now.state === "called" || now.state === "serving")) {
    return party(now.ticket, now.size, now.chairs, "", facts(now, now.ticket, seen), seen);
  }
  if (now.state === "idle" && now.next) {
    const { ticket, size, chairs } = now.next;
    return party(ticket, size, chairs, "次の方", [waited(ticket, seen.now), received(ticket, seen)], seen);
  }
  const [title, detail] = message(now, seen);
  return html`<div class="state-message"><p class="state-title">${title}</p>${detail ? html`<p>${detail}</p>` : nothing}</div>`;
}

/**
 * @param {import("client/board.js").Ticket} ticket
 * @param {number} size
 * @param {number} chairs
 * @param {string} label
 * @param {unknown[]} foot left and right; where a brief can be read, its button takes the left place
 * @param {Seen} seen
 */
function party(ticket, size, chairs, label, foot, { timezone, brief }) {
  return html`<div class="state-party">
      <p class="number state-number ${wide(ticket.number) ? "wide" : ""}">${ticket.number}<span class="visually-hidden">番</span></p>
      <p class="state-size">
        ${label ? html`<span>${label}</span>` : nothing}
        <strong>${size}名</strong>
        ${reservedAt(ticket, timezone)}
        ${chairs ? html`<span class="chairs">椅子+${chairs}</span>` : nothing}
      </p>
    </div>
    <div class="state-foot">${brief ?? nothing}${(brief ? foot.slice(1) : foot).map((fact) => html`<p>${fact}</p>`)}</div>`;
}

/** Whether a number needs more room than three digits do. @param {string} number @returns {boolean} */
function wide(number) {
  return number.length > 3 || /\D/.test(number);
}

/**
 * @param {Situation} now
 * @param {import("client/board.js").Ticket} ticket
 * @param {Seen} seen
 */
function facts(now, ticket, seen) {
  const before = waited(ticket, ticket.called_at ?? seen.now);
  if (now.state === "serving") {
    return [before, html`開始 <b>${ticket.started_at === null ? "—" : formatTime(ticket.started_at, seen.timezone)}</b>`];
  }
  const since = ticket.recalled_at ?? ticket.called_at ?? seen.now;
  const over = seen.now - since >= seen.recallMs;
  const word = ticket.recalls > 0 ? "不在の目安" : "再呼出の目安";
  return [before, over ? html`<b>${word} ${formatElapsed(seen.recallMs)} を過ぎました</b>` : html`${word} ${formatElapsed(seen.recallMs)}`];
}

/**
 * @param {import("client/board.js").Ticket} ticket
 * @param {number} until
 */
function waited(ticket, until) {
  return html`待ち時間 <b>${minutes(until - ticket.issued_at)}分</b>`;
}

/**
 * @param {import("client/board.js").Ticket} ticket
 * @param {Seen} seen
 */
function received(ticket, seen) {
  return html`受付 <b>${formatTime(ticket.issued_at, seen.timezone)}</b>`;
}

/**
 * @param {Situation} now
 * @param {Seen} seen
 * @returns {[string, string]}
 */
function message(now, seen) {
  switch (now.state) {
    case "idle":
      return now.places.length > 0
        ? ["いま呼べる方はいません", "不在・保留の方は「番号を指定して呼ぶ」で呼べます"]
        : ["お待ちの方はいません", ""];
    case "paused":
      if (now.unchecked) return ["接続確認をお願いします", "会議リンクを開いて確かめると、「再開」を押せます"];
      return ["休止しています", "「再開」を押すまで、だれも呼ばれません"];
    case "closed":
      if (now.unchecked) return ["このブースは終了しました", "また開けるときは、会議リンクを開いて確かめてください"];
      return ["このブースは終了しました", "「ブースを開ける」を押すと、また呼べます"];
    case "spare":
      return ["予備のブースです", now.home === null ? "いまは使っていません" : `いまは使っていません（${seen.nameOf(now.home)}の予備）`];
    default:
      return ["つないでいます", ""];
  }
}
