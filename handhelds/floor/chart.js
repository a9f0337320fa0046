/** @file The day as a chart, drawn by this page alone: who waited above, calls and ended talks below, in steps of ten minutes. */

import { formatTime } from "client/clock.js";
import { html, nothing, svg } from "client/view.js";
import { STEP_MS, timeline } from "./timeline.js";

/** @typedef {import("./duty.js").Duty} Duty */
/** @typedef {import("./timeline.js").Step} Step */

const HOUR_MS = 3_600_000;

/** Where things stand, px: the two axes, and room for words. */
const LEFT = 44;
const RIGHT = 12;
const WAITS = { top: 18, height: 92 };
const TALKS = { top: 132, height: 62 };
const HEIGHT = 222;

/** An hour is named where it has so much room, px. */
const HOUR_PX = 56;

/** @type {{key: string, steps: Step[]}} */
let reckoned = { key: "", steps: [] };

/**
 * @param {Duty} duty
 * @param {{chartPx: number}} shown
 */
export function chart(duty, { chartPx }) {
  const { board, watched, fair } = duty;
  if (board.position === null) return nothing;
  const steps = stepsOf(duty);
  const last = steps.at(-1);
  const says = last ? `いまお待ち ${last.waiting}名。この10分で呼出 ${last.called}件、終了 ${last.finished}件` : "まだ始まっていません";
  return html`<section class="card chart" aria-labelledby="timeline">
    <h2 id="timeline" class="part">今日の推移 <small><i class="key waits"></i>お待ち（名） <i class="key called"></i>呼出 <i class="key finished"></i>終了（件／10分）</small></h2>
    <div class="chart-area">${picture(steps, watched, duty.now, chartPx, fair.timezone, says)}</div>
  </section>`;
}

/** The steps, reckoned once for each change of the board and each minute. @param {Duty} duty */
function stepsOf({ board, watched, now }) {
  const key = `${board.epoch} ${board.offset} ${Math.floor(now / 60_000)}`;
  if (reckoned.key !== key) reckoned = { key, steps: timeline(board, watched.opens_at, Math.min(now, watched.closes_at + HOUR_MS)) };
  return reckoned.steps;
}

/**
 * @param {Step[]} steps
 * @param {import("client/page.js").Watched} watched
 * @param {number} now
 * @param {number} width px
 * @param {string} timezone
 * @param {string} says the chart in a sentence
 */
function picture(steps, watched, now, width, timezone, says) {
  const ends = Math.max(watched.closes_at, (steps.at(-1)?.at ?? 0) + STEP_MS);
  const x = (/** @type {number} */ at) => LEFT + ((at - watched.opens_at) / (ends - watched.opens_at)) * (width - LEFT - RIGHT);
  const mostWaiting = roundUp(Math.max(10, watched.seats ?? 0, ...steps.map(({ waiting }) => waiting)), 10);
  const mostTalks = roundUp(Math.max(4, ...steps.map(({ called, finished }) => Math.max(called, finished))), 2);
  const up = (/** @type {number} */ value) => WAITS.top + WAITS.height * (1 - value / mostWaiting);
  const bar = (/** @type {number} */ value) => (TALKS.height * value) / mostTalks;
  const floor = TALKS.top + TALKS.height;
  const step = x(watched.opens_at + STEP_MS) - x(watched.opens_at);
  const inside = now >= watched.opens_at && now <= ends;
  return html`<svg width=${width} height=${HEIGHT} role="img" aria-label=${says}>
    ${area(steps, watched.opens_at, now, x, up)}
    ${watched.seats === null
      ? nothing
      : svg`<path class="seats" d="M${LEFT} ${up(watched.seats)}H${width - RIGHT}"/><text x=${LEFT + 4} y=${up(watched.seats) - 4}>${watched.seats}席</text>`}
    <path class="axis" d="M${LEFT} ${WAITS.top + WAITS.height}H${width - RIGHT}M${LEFT} ${floor}H${width - RIGHT}"></path>
    ${label(mostWaiting, WAITS.top + 5)}${label(0, WAITS.top + WAITS.height)}${label(mostTalks, TALKS.top + 10)}
    ${steps.map(({ at, called, finished }) => svg`<rect class="called" x=${x(at) + 1} y=${floor - bar(called)} width=${Math.max(1, step - 2)} height=${bar(called)}/>
      <rect class="finished" x=${x(at) + step * 0.28} y=${floor - bar(finished)} width=${Math.max(1, step * 0.44)} height=${bar(finished)}/>`)}
    ${hours(watched.opens_at, ends, x, width, timezone)}
    ${inside ? svg`<path class="now" d="M${x(now)} ${WAITS.top - 6}V${floor}"/>` : nothing}
  </svg>`;
}

/** @param {Step[]} steps @param {number} opens @param {number} now @param {(at: number) => number} x @param {(value: number) => number} up */
function area(steps, opens, now, x, up) {
  if (steps.length === 0) return nothing;
  const points = steps.map(({ at, waiting }) => `${x(Math.min(Math.max(now, opens), at + STEP_MS)).toFixed(1)} ${up(waiting).toFixed(1)}`);
  const line = `M${x(opens)} ${up(0)}L${points.join("L")}`;
  return svg`<path class="waits-area" d="${line}V${up(0)}Z"/><path class="waits" d=${line} />`;
}

/** @param {number} value @param {number} y */
function label(value, y) {
  return svg`<text x=${LEFT - 8} y=${y} text-anchor="end">${value}</text>`;
}

/** @param {number} from @param {number} to @param {(at: number) => number} x @param {number} width @param {string} timezone */
function hours(from, to, x, width, timezone) {
  const room = (width - LEFT - RIGHT) / ((to - from) / HOUR_MS);
  const every = HOUR_MS * Math.max(1, Math.ceil(HOUR_PX / room));
  const marks = [];
  for (let at = Math.ceil(from / HOUR_MS) * HOUR_MS; at <= to; at += every) marks.push(at);
  const floor = TALKS.top + TALKS.height;
  return marks.map((at) => {
    const anchor = x(at) > width - 30 ? "end" : "middle";
    return svg`<path class="axis" d="M${x(at)} ${floor}v5"/><text x=${x(at)} y=${floor + 20} text-anchor=${anchor}>${formatTime(at, timezone)}</text>`;
  });
}

/** @param {number} value @param {number} step */
function roundUp(value, step) {
  return Math.ceil(value / step) * step;
}
