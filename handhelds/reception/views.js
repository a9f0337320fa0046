/** @file Which view is drawn when, in the frame all of them share: header, what is wrong, the view, the slot, the thumb's foot. */

import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { header, staleBar } from "../header.js";
import { confirmView, foundView } from "./arriving.js";
import { addView, transferView } from "./choose.js";
import { consentsView } from "./consents.js";
import { failedBox, pendingBox } from "./fate.js";
import { splitView } from "./hall.js";
import { issueView } from "./issue.js";
import { paperView } from "./paper.js";
import { resultView } from "./result.js";
import { scanView } from "./scanning.js";
import { searchView } from "./search.js";
import { visitView } from "./visit.js";
import { writeView } from "./writing.js";

/**
 * What a view is drawn from.
 *
 * @typedef {object} Scene
 * @property {import("./desk.js").Desk} desk
 * @property {import("client/following.js").Following} live
 * @property {number|null} now the fair's time, ms
 */

/**
 * What a view gives: the part one reads and chooses in, and the part under the thumb.
 *
 * @typedef {object} Parts
 * @property {unknown} middle
 * @property {unknown} foot
 */

/** An answer usually comes in the blink of an eye; a box that flashes for it only frightens. */
const QUIET_MS = 300;

/** @type {Record<import("./desk.js").View, (scene: Scene) => Parts>} */
const VIEWS = {
  issue: issueView,
  many: issueView,
  result: resultView,
  add: addView,
  search: searchView,
  actions: searchView,
  reasons: searchView,
  transfer: transferView,
  paper: paperView,
  scan: scanView,
  found: foundView,
  confirm: confirmView,
  card: writeView,
  consents: consentsView,
  split: splitView,
  visit: visitView,
};

/**
 * The whole page.
 *
 * @param {Scene} scene
 * @returns {import("lit-html").TemplateResult}
 */
export function receptionPage(scene) {
  const { desk, live, now } = scene;
  const { middle, foot } = VIEWS[desk.view](scene);
  return html`${header({ title: "受付", status: live.status, now })}
    <div class="bars">${staleBar(live.status)}${arrivedBar(desk)}</div>
    <div class="middle">${middle}</div>
    <div class="slot">${slot(scene)}</div>
    <div class="foot">${foot}</div>`;
}

/** What became of the last act, above the thumb: on its way, refused, or done and still to be taken back. @param {Scene} scene */
function slot({ desk, live }) {
  const { pending, waited, failure } = desk.sending;
  if (pending && (waited >= QUIET_MS || live.status.state !== "live")) return pendingBox(pending, waited, live.status);
  if (failure) return failedBox(failure);
  return desk.undo.bar(live, () => desk.takeBack());
}

/** A number that came while the receptionist was elsewhere must not be missed. @param {Scene["desk"]} desk */
function arrivedBar(desk) {
  if (desk.arrived === null) return nothing;
  return html`<button type="button" class="button arrived" @click=${() => desk.seeArrived()}>
    ${icons.done}<span>${desk.arrived.sentence}</span><span class="row-end">見る</span>
  </button>`;
}
