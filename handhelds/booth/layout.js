/** @file The whole booth page as one template. Every part has one place in every state. */

import { fair } from "client/page.js";
import { remoteMark } from "client/remote.js";
import { html, nothing } from "client/view.js";

import { header, staleBar } from "../header.js";
import { apartButton, mainButton, sideButtons, slot } from "./buttons.js";
import { readable } from "./brief.js";
import { keypad } from "./choose.js";
import { LEGEND } from "./keys.js";
import { panel, stateWord } from "./panel.js";
import { bookedButton, briefButton, reading } from "./reading.js";
import { needsPanel, remoteButton, remotePanel } from "./remote.js";
import { queueMap } from "./transfer.js";
import { waitingList } from "./waiting.js";

/** @typedef {import("./station.js").Station} Station */

/**
 * The page.
 *
 * @param {Station} station
 * @param {object} around
 * @param {import("client/live.js").Status} around.status
 * @param {number|null} around.now the fair's time, ms
 * @param {unknown} around.undoBar
 * @param {boolean} around.keysShown whether the list of keys was asked for
 * @returns {import("lit-html").TemplateResult}
 */
export function layout(station, { status, now, undoBar, keysShown }) {
  const role = station.place.role === "main" ? "メイン" : station.now.queue && "予備";
  const detail = station.place.online ? remoteMark() : role;
  return html`${header({ title: title(station), detail, status, now, action: apartButton(station) })}
    <div class="bars">${staleBar(status)}</div>
    ${middle(station, now ?? 0)} ${slot(station, undoBar)} ${sideButtons(station)} ${mainButton(station)}
    <dl class="keys ${keysShown ? "shown" : ""}" aria-label="キーボード・呼出ボタン">
      ${LEGEND.map(([key, word]) => html`<div><dt>${key}</dt><dd>${word}</dd></div>`)}
    </dl>
    <p class="visually-hidden" role="status">${spoken(station)}</p>`;
}

/**
 * The classes of the page's root: what is shown, and how far the page may be trusted.
 *
 * @param {Station} station
 * @param {import("client/live.js").Status} status
 * @returns {string}
 */
export function rootClasses(station, status) {
  const stale = status.state === "stale" ? " stale" : "";
  const pending = station.press.waitingSeconds === null ? "" : " is-pending";
  return `handheld booth view-${station.view}${stale}${pending}`;
}

/** @param {Station} station */
function title({ place, now, nameOf }) {
  const queue = now.queue ?? place.queue;
  return html`<span>${place.number}番</span><span>${queue === null ? "予備" : nameOf(queue)}</span>`;
}

/**
 * @param {Station} station
 * @param {number} now
 */
function middle(station, now) {
  const { now: stands, view, choice, nameOf } = station;
  const time = { now, timezone: fair.timezone };
  if (view === "transfer" || view === "assign") return map(station);
  if (view === "choose") {
    return html`${keypad({
      typed: station.typed,
      choice,
      onDigit: (digit) => station.digit(digit),
      onErase: () => station.erase(),
    })}
    ${waitingList("お待ち", choice.places, stands.places, time, { chosen: choice.chosen, onChoose: (place) => station.choose(place) })}`;
  }
  const seen = { ...time, recallMs: fair.limits.recall_s * 1000, nameOf, brief: briefOf(station) };
  return html`${panel(stands, seen)} ${besides(station, time)}`;
}

/** The button of a brief that may be read now. @param {Station} station */
function briefOf({ briefs, now }) {
  const ticket = briefs && readable(now);
  return briefs && ticket ? briefButton(briefs, ticket) : undefined;
}

/** Beside the panel: who waits, the brief that was asked for, or the meeting of an online booth. @param {Station} station @param {import("./waiting.js").Time} time */
function besides(station, time) {
  const { briefs, now } = station;
  if (briefs && (briefs.open || briefs.failure)) return reading(briefs, now);
  return needsPanel(station) ? remotePanel(station) : line(station, time);
}

/**
 * @param {Station} station
 * @param {import("./waiting.js").Time} time
 */
function line(station, time) {
  const { now: { state, home, places }, nameOf, briefs } = station;
  const booked = briefs && !fair.demonstration ? bookedButton(briefs) : nothing;
  const buttons = html`${booked}${remoteButton(station, booked !== nothing)}`;
  if (state !== "spare" || home === null) return waitingList("お待ち", places, places, time, null, buttons);
  const waiting = places.filter(({ kind }) => kind !== "away"); // whom the spare could relieve
  return waitingList(`${nameOf(home)}のお待ち`, waiting, waiting, time, null, remoteButton(station));
}

/** @param {Station} station */
function map(station) {
  const { view, place, now, targets, target } = station;
  const change = html`<button type="button" class="button" data-act="change" @click=${() => station.pressSide("choose")}>番号を変える</button>`;
  return queueMap({
    title: view === "assign" ? html`<b>${place.number}番</b> を使う相談先` : html`<b>${station.leadingWhom}</b> の案内先`,
    aside: view === "transfer" && now.state === "idle" ? change : nothing,
    targets,
    chosen: target,
    onChoose: (queue) => station.aim(queue),
  });
}

/**
 * What a screen reader hears when the state changes; also the title of the page.
 *
 * @param {Station} station
 * @returns {string}
 */
export function spoken({ place, now, nameOf }) {
  const who = now.ticket ? ` ${now.ticket.number}番` : "";
  const queue = now.queue ? `・${nameOf(now.queue)}` : "";
  return `${place.number}番ブース ${stateWord(now).ja}${who}${queue}`;
}
