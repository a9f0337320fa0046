/** @file The whole page: the hall on the left, what to do about it on the right. On a phone one below the other. */

import { html, nothing } from "client/view.js";
import { header, staleBar } from "../header.js";
import { chart } from "./chart.js";
import { boothMap } from "./map.js";
import { pastFairs } from "./past.js";
import { side } from "./side.js";
import { tiles } from "./tiles.js";

/** @typedef {import("./duty.js").Duty} Duty */

/**
 * @typedef {object} Shown what the page knows beside its state
 * @property {unknown} undoBar
 * @property {number} chartPx how wide the chart is drawn
 * @property {number} age of what the page knows, real ms
 */

/**
 * @param {Duty} duty
 * @param {Shown} shown
 */
export function floorPage(duty, shown) {
  const { fair, following, advice } = duty;
  const known = following.board.position !== null;
  const listening = advice.listening(following.clock.realNow());
  return html`${header({
      title: "進行管理",
      detail: fair.name,
      status: following.status,
      now: known ? duty.now : null,
      action: listening ? html`<span class="listening">画面 ${listening.screens}台 端末 ${listening.handhelds}台</span>` : nothing,
    })}
    <div class="bars">${staleBar(following.status)}</div>
    <div class="floor-body">
      <section class="floor-tiles" aria-label="今日のあらまし">${tiles(duty)}</section>
      ${side(duty, shown)}
      <div class="floor-hall">${boothMap(duty, shown)} ${chart(duty, shown)} ${pastFairs(duty)}</div>
    </div>`;
}
