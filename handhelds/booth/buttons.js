/** @file The buttons: the big one, those beside it, and the slot above them that says what became of the last press. */

import { formatElapsed } from "client/clock.js";
import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";

import { SHORTCUT } from "./keys.js";
import { tally } from "./tally.js";

/** @typedef {import("./station.js").Station} Station */

/** Words and icons of the acts beside the big button; a second word may stand on a second line. */
const SIDES = Object.freeze({
  recall: { words: ["再呼出"], icon: icons.recall },
  absent: { words: ["不在"], icon: icons.away },
  hold: { words: ["保留"], icon: icons.away },
  transfer: { words: ["他ブースへ", "案内"], icon: nothing },
  finish: { words: ["相談終了"], icon: icons.done },
  choose: { words: ["番号を指定", "して呼ぶ"], icon: nothing },
  assign: { words: ["ほかの相談に", "使う"], icon: nothing },
  "give-back": { words: ["予備に戻す"], icon: icons.video },
  pause: { words: ["休止"], icon: icons.paused },
  close: { words: ["終了"], icon: icons.done },
});

/** @type {Readonly<Record<string, string>>} */
const SHORTCUTS = SHORTCUT;

/**
 * The big button, or in its place the reason why there is nothing to press.
 *
 * @param {Station} station
 * @returns {import("lit-html").TemplateResult}
 */
export function mainButton(station) {
  const act = station.main;
  if (act === null) {
    const { title, detail } = station.rest;
    return html`<div class="main-place"><p class="main-rest">${title}${detail ? html`<small>${detail}</small>` : nothing}</p></div>`;
  }
  const [first, second] = act.label;
  return html`<div class="main-place">
    <button
      type="button"
      class="button main"
      data-act=${act.key}
      aria-disabled=${station.press.busy}
      aria-keyshortcuts=${SHORTCUT.main}
      @click=${() => station.pressMain()}
    >
      <span class="main-words ${second ? "two" : ""}"><span>${first}</span>${second ? html`<span>${second}</span>` : nothing}</span>
      ${act.on ? html`<small>${act.on}</small>` : nothing}
    </button>
  </div>`;
}

/**
 * The acts beside the big button.
 *
 * @param {Station} station
 * @returns {import("lit-html").TemplateResult}
 */
export function sideButtons(station) {
  const { view, now } = station;
  if (view !== "home") return html`<div class="acts acts-${view}">${choiceButtons(station)}</div>`;
  return html`<div class="acts acts-${now.state}">${station.sides.map((name) => sideButton(station, name))}</div>`;
}

/**
 * @param {Station} station
 * @param {import("./act.js").SideAct} name
 */
function sideButton(station, name) {
  const { words, icon } = SIDES[name];
  const sends = name !== "choose" && name !== "transfer" && name !== "assign";
  return html`<button
    type="button"
    class="button act-${name}"
    data-act=${name}
    aria-disabled=${sends ? station.press.busy : nothing}
    aria-keyshortcuts=${SHORTCUTS[name] ?? nothing}
    @click=${() => station.pressSide(name)}
  >
    ${icon}<span class="words">${words.map((word) => html`<span>${word}</span>`)}</span>
  </button>`;
}

/** @param {Station} station */
function choiceButtons(station) {
  const keep = station.view === "choose" ? station.keep : null;
  return html`<button type="button" class="button act-back" data-act="back" aria-keyshortcuts="Escape" @click=${() => station.back()}>
      ${icons.back}<span class="words"><span>戻る</span></span>
    </button>
    ${keep
      ? html`<button type="button" class="button act-keep" data-act=${keep.key} aria-disabled=${station.press.busy} @click=${() => station.do(keep)}>
          ${keep.key === "restore" ? icons.undo : icons.away}<span class="words">${keep.label.map((word) => html`<span>${word}</span>`)}</span>
        </button>`
      : nothing}
    ${keep ? sideButton(station, "transfer") : nothing}`;
}

/**
 * The act apart, at the top. While a talk goes on, 休止 is a promise for afterwards.
 *
 * @param {Station} station
 * @returns {import("lit-html").TemplateResult|typeof nothing}
 */
export function apartButton(station) {
  const name = station.apart;
  if (name === null) return nothing;
  const { words, icon } = SIDES[name];
  const promise = name === "pause" && station.now.ticket !== null;
  return html`<button
    type="button"
    class="button apart"
    data-act=${name}
    aria-disabled=${promise ? nothing : station.press.busy}
    aria-pressed=${promise ? station.thenPause : nothing}
    aria-label=${promise ? "この相談が終わったら休止" : nothing}
    aria-keyshortcuts=${SHORTCUT.pause}
    @click=${() => station.pressSide(name)}
  >
    ${promise && station.thenPause ? icons.done : icon}${words[0]}
  </button>`;
}

/**
 * The slot above the acts: a refusal, what waits for its answer, what can be taken back, else the day's work. Never empty,
 * never moved.
 *
 * @param {Station} station
 * @param {unknown} undoBar the shared undo bar, or nothing
 * @returns {import("lit-html").TemplateResult}
 */
export function slot(station, undoBar) {
  const { failed, pending, waitingSeconds } = station.press;
  if (pending && waitingSeconds !== null) {
    return html`<div class="slot"><div class="pending" role="status">
      ${icons.pending}
      <div><strong>送信待ち ${pending.act.label.join("")}</strong><span>つながると1回だけ送ります</span></div>
      <time>${formatElapsed(waitingSeconds * 1000)}</time>
    </div></div>`;
  }
  if (failed) {
    return html`<div class="slot"><button type="button" class="refused" role="alert" @click=${() => station.press.forgive()}>
      ${icons.alarm}<strong>${failed.ja}</strong><span class="refused-close">${icons.close}<span>閉じる</span></span>
    </button></div>`;
  }
  if (undoBar !== nothing) return html`<div class="slot">${undoBar}</div>`;
  return html`<div class="slot">${today(station)}</div>`;
}

/** @param {Station} station */
function today({ board, place }) {
  const { parties, persons, mean } = tally(board, place.number);
  return html`<div class="tally">
    <p>きょうの相談 <b>${parties}組 ${persons}名</b></p>
    ${mean === null ? nothing : html`<p>平均 ${mean}分</p>`}
  </div>`;
}
