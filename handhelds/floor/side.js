/** @file The right column: four panels, of which the first is what needs an act now, and below them the fate of the last act. */

import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { announcePanel } from "./announce-panel.js";
import { boothPanel } from "./booth-panel.js";
import { closingPanel } from "./closing-panel.js";
import { correctPanel } from "./correct-panel.js";
import { homePanel, urgent } from "./home-panel.js";
import { queuePanel } from "./queue-panel.js";

/** @typedef {import("./duty.js").Duty} Duty */

/** The panels that have a button of their own. @type {readonly {name: "home"|"announce"|"correct"|"closing", ja: string}[]} */
const TABS = Object.freeze([
  { name: "home", ja: "対応" },
  { name: "announce", ja: "お知らせ" },
  { name: "correct", ja: "訂正" },
  { name: "closing", ja: "終了" },
]);

/**
 * @param {Duty} duty
 * @param {import("./views.js").Shown} shown
 */
export function side(duty, { undoBar }) {
  return html`<aside class="floor-side" aria-label="対応">
    <nav class="tabs" aria-label="表示の切替">${TABS.map((tab) => tabButton(duty, tab))}</nav>
    <div class="panel">${panel(duty)}</div>
    <div class="slot">${slot(duty, undoBar)}</div>
  </aside>`;
}

/** @param {Duty} duty @param {{name: "home"|"announce"|"correct"|"closing", ja: string}} tab */
function tabButton(duty, { name, ja }) {
  const count = name === "home" ? urgent(duty) : name === "announce" ? duty.board.noticesNow(duty.now).length : 0;
  return html`<button type="button" class="button" data-tab=${name} aria-pressed=${duty.view.name === name}
    @click=${() => duty.view.name !== name && duty.show({ name })}>${ja}${count > 0 ? html` <b>${count}</b>` : nothing}</button>`;
}

/** @param {Duty} duty */
function panel(duty) {
  if (duty.board.position === null) return html`<p class="calm">つないでいます</p>`;
  switch (duty.view.name) {
    case "queue":
      return queuePanel(duty, duty.view.queue);
    case "booth":
      return boothPanel(duty, duty.view.booth);
    case "announce":
      return announcePanel(duty);
    case "correct":
      return correctPanel(duty);
    case "closing":
      return closingPanel(duty);
    default:
      return homePanel(duty);
  }
}

/** @param {Duty} duty @param {unknown} undoBar */
function slot({ press }, undoBar) {
  const seconds = press.waitingSeconds;
  if (seconds !== null) {
    return html`<div class="pending" role="status">
      ${icons.pending}<div><strong>送信待ち</strong><span>${press.pending?.act.label}</span></div><time>${seconds}秒</time></div>`;
  }
  const { failed } = press;
  if (failed) {
    return html`<button type="button" class="refused" @click=${() => press.forgive()}>
      <span>${icons.alarm}<strong>${failed.act.label}</strong> ${failed.ja}<span lang="en">${failed.en}</span></span>
      ${icons.close}<span class="visually-hidden">閉じる</span></button>`;
  }
  return undoBar;
}
