/** @file The end of the day as a checklist of three steps, and at the end who still waits: numbers alone, no names. */

import { formatTime } from "client/clock.js";
import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { actButton } from "./act-button.js";
import { leftOver, unserved } from "./hall.js";

/** @typedef {import("./duty.js").Duty} Duty */

/** What a step's state is called. */
const STATES = { later: "これから", now: "いま", done: "完了" };

/** @param {Duty} duty */
export function closingPanel(duty) {
  const { steps } = duty;
  return html`<h2 class="part" tabindex="-1" data-focus>終了の手順</h2>
    <ol class="steps">${steps.map((step) => stepCard(duty, step))}</ol>
    ${steps.length === 0 ? html`<p class="calm">終了の手順は fair.toml の [closing] に書きます</p>` : nothing}
    ${followUp(duty)}`;
}

/** @param {Duty} duty @param {import("./closing.js").Step} step */
function stepCard(duty, { key, at, state, title, did, left, acts, sentence }) {
  return html`<li class="card step" data-step=${key} data-state=${state}>
    <h3><time>${formatTime(at, duty.fair.timezone)}</time> ${state === "done" ? icons.done : nothing}<span class="step-state">${STATES[state]}</span></h3>
    <p><b>${title}</b></p>
    ${did.map((text) => html`<p class="did">${icons.done} ${text}</p>`)}
    ${left.map((text) => html`<p class="left">${icons.soon} ${text}</p>`)}
    ${duty.live && (sentence || acts.length > 0)
      ? html`<div class="buttons">
          ${acts.map((act) => actButton(duty, act, sentence === null))}
          ${sentence
            ? html`<button type="button" class="button advised" data-act="announce-${key}" @click=${() => {
                duty.announcement.take(sentence);
                void duty.announce();
              }}>お知らせを流す</button>`
            : nothing}
        </div>`
      : nothing}
  </li>`;
}

/** Who still waits, for the list that is made with consent. @param {Duty} duty */
function followUp(duty) {
  const { board, watched, now, nameOf } = duty;
  const over = now >= (watched.closing?.stop ?? watched.closes_at);
  const waiting = over ? unserved(board) : leftOver(board);
  return html`<h2 class="part">${over ? "後日ご連絡する方" : "まだお待ちの方"} ${waiting.length}組</h2>
    ${waiting.length === 0
      ? html`<p class="calm">お待ちの方はいません</p>`
      : html`<ul class="card list follow-up">${waiting.map(({ number, size, queues }) => html`<li><p><b>${number}番</b> ${size}名<span>${queues.map(nameOf).join("・")}</span></p></li>`)}</ul>
          <p class="calm">番号だけの一覧です。お名前と連絡先は、同意された方だけを「個人情報」の提供の手続きで出します</p>`}`;
}
