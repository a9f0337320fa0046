/**
 * The hall seen from above, as the fair's file says it: booths, entrance, reception, seats, and where the screen stands.
 *
 * @module
 */

import { iconOf } from "client/icons.js";
import { html, nothing, svg } from "client/view.js";
import { crowdingWords } from "client/words.js";
import { ENTRANCE, middleX, middleY, placeOf } from "./direction.js";

/** @typedef {import("client/page.js").FairPlan} FairPlan */
/** @typedef {import("client/view.js").TemplateResult} TemplateResult */
/** @typedef {import("./hall.js").BoothMark} BoothMark */

/** The space for the drawing, px of a screen 1920 wide (fairfile/plan_rules.py measures by the same). */
const WIDTH = 551;
const HEIGHT = 350;
/** Text on the plan, and the least air around it, px. */
const TEXT = 24;
const AIR = 6;
/** From the edge of a place to the middle of the mark beside it, px. */
const PIN = 16;
/** By whither one looks: degrees, and the step to the right and down. */
const LOOKS = Object.freeze({
  up: { turned: 0, towards: [0, -1] },
  right: { turned: 90, towards: [1, 0] },
  down: { turned: 180, towards: [0, 1] },
  left: { turned: 270, towards: [-1, 0] },
});

/**
 * The plan.
 *
 * @param {FairPlan} hall
 * @param {readonly BoothMark[]} booths
 * @param {string | null} at where the screen stands
 * @returns {TemplateResult}
 */
export function plan(hall, booths, at) {
  const scale = Math.min(WIDTH / hall.width, HEIGHT / hall.height);
  const [width, height] = [hall.width * scale, hall.height * scale];
  return html`<section class="plan">
    <p class="plan-title">会場図 <span lang="en" class="quiet">Hall</span></p>
    <svg viewBox=${`-3 -3 ${width + 6} ${height + 18}`} role="img" aria-label="会場図 Hall">
      <rect class="plan-hall" x="0" y="0" width=${width} height=${height}></rect>
      ${hall.places.map((place) => (place.id === ENTRANCE ? door(place, scale, height) : landmark(place, scale)))}
      ${booths.map((booth) => square(booth, scale))}
      ${here(hall, at, scale)}
    </svg>
    <p class="plan-words quiet"><span><i class="plan-key"></i>空いています</span><span>${iconOf(crowdingWords.crowded.icon)}混雑</span>
      <span><svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${pin}</svg>現在地 <span lang="en">Here</span></span></p>
  </section>`;
}

const pin = svg`<path class="plan-pin" d="M12 1l9 21-9-5-9 5z"></path>`;

/** @param {BoothMark} mark @param {number} scale */
function square({ booth, area, mark }, scale) {
  const [x, y, w, h] = [area.x, area.y, area.w, area.h].map((metres) => metres * scale);
  return svg`<g class="plan-booth" data-booth=${booth} data-mark=${mark}>
    <rect x=${x + 1.5} y=${y + 1.5} width=${w - 3} height=${h - 3}></rect>
    <text class="digits" x=${x + w / 2} y=${y + h / 2 + TEXT * 0.4}>${booth}</text>
    ${mark === "crowded" ? svg`<circle class="plan-full" cx=${x + w - 3} cy=${y + 3} r="6"></circle>` : nothing}
  </g>`;
}

/** @param {FairPlan["places"][number]} place @param {number} scale */
function landmark({ ja, en, ...area }, scale) {
  const [x, y, w, h] = [area.x, area.y, area.w, area.h].map((metres) => metres * scale);
  const room = w - [...ja].length * TEXT - 2 * AIR;
  const english = en.length * TEXT * 0.6 + TEXT / 2 <= room;
  return svg`<g class="plan-place"><rect x=${x + 1} y=${y + 1} width=${w - 2} height=${h - 2}></rect>
    <text x=${x + w / 2} y=${y + h / 2 + TEXT * 0.36}>${ja}${english ? svg`<tspan class="plan-english" dx="8">${en}</tspan>` : nothing}</text></g>`;
}

/** The entrance is a gap in the wall with its word in it. @param {FairPlan["places"][number]} place @param {number} scale @param {number} height */
function door({ ja, looks, ...area }, scale, height) {
  const [x, y, w, h] = [area.x, area.y, area.w, area.h].map((metres) => metres * scale);
  const below = looks === "up";
  const gap = [x, below ? height - 4 : y, w, below ? 8 : h];
  return svg`<g class="plan-door"><rect x=${gap[0]} y=${gap[1]} width=${gap[2]} height=${gap[3]}></rect>
    <text x=${x + w / 2} y=${below ? height + 8 : y + h / 2 + TEXT * 0.36}>${ja}</text></g>`;
}

/** Where the screen stands: beside its place, pointing whither its readers look. @param {FairPlan} hall @param {string | null} at @param {number} scale */
function here(hall, at, scale) {
  const place = placeOf(hall, at);
  const [right, down] = LOOKS[place.looks].towards;
  const x = middleX(place) * scale + right * ((place.w * scale) / 2 + PIN);
  const y = middleY(place) * scale + down * ((place.h * scale) / 2 + PIN);
  return svg`<g class="plan-here" transform=${`translate(${x} ${y}) rotate(${LOOKS[place.looks].turned}) scale(1.2) translate(-12 -12)`}>${pin}</g>`;
}
