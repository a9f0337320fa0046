/** @file A party's page while nobody calls it: its number, its places, at most one offer, and what is done. */

import { icons, iconOf } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { twiceButton } from "../twice.js";
import { nameOf, waitOf } from "./language.js";

/** @typedef {import("client/view.js").TemplateResult} TemplateResult */
/** @typedef {import("./language.js").Language} Language */
/** @typedef {import("./language.js").Sentences} Sentences */
/** @typedef {import("../offered.js").Advice} Advice */
/** @typedef {import("./visit.js").Place} Place */
/** @typedef {import("./visit.js").Visit} Visit */

/**
 * @typedef {object} Shown
 * @property {Visit} visit
 * @property {Sentences} say
 * @property {Language} language
 * @property {import("../twice.js").Twice} twice
 * @property {string | null} sending what was sent and is not answered: "give-up:12"
 * @property {number} seconds since when
 * @property {unknown} meeting how to talk with a consultant who is not in the hall
 * @property {(act: "accept-offer" | "decline-offer" | "give-up" | "come-back", args: object, key: string) => void} send
 */

/** @type {Readonly<Record<import("client/guide.js").Level, import("client/icons.js").IconName>>} */
const LEVEL_ICONS = Object.freeze({ quiet: "quiet", busy: "some", crowded: "crowded", closed: "paused" });

/**
 * @param {Shown} shown
 * @returns {TemplateResult}
 */
export function waiting(shown) {
  const { visit, say } = shown;
  return html`
    ${visit.talk ? talking(shown) : nothing}
    ${visit.places.length ? html`<ul class="places">${visit.places.map((place) => placeRow(place, shown))}</ul>` : nothing}
    ${visit.lapsed.map((queue) => html`<p class="lapsed">${icons.cancelled}${say.lapsed(nameOf(queue, shown.language))}</p>`)}
    ${visit.unserved.map((queue) => html`<p class="lapsed">${icons.cancelled}${say.unserved(nameOf(queue, shown.language))}</p>`)}
    ${visit.places.length || visit.talk ? nothing : html`<p class="none">${say.none}</p>`}
    ${visit.advice ? offer(visit.advice, shown) : nothing}
    ${visit.done.length ? stamps(shown) : nothing}
  `;
}

/** @param {Shown} shown */
function talking({ visit, say, language, meeting }) {
  if (!visit.talk) return nothing;
  const { booth, queue, online } = visit.talk;
  return html`<section class="talk">
    <h2>${icons.serving}${say.talking}</h2>
    <p>${say.talkingAt(booth, nameOf(queue, language))}</p>
    ${online ? html`<p class="talk-online">${icons.online}${say.online}</p>${meeting}` : nothing}
  </section>`;
}

/** @param {Place} place @param {Shown} shown */
function placeRow(place, shown) {
  const { say, language, twice, send, sending } = shown;
  const { ticket, queue, state, ahead, band, level } = place;
  const name = nameOf(queue, language);
  const key = `give-up:${ticket.id}`;
  return html`<li class="place" data-state=${state}>
    <div class="place-row">
      ${iconOf(state === "soon" ? "soon" : state === "away" ? "away" : state === "elsewhere" ? "serving" : level && LEVEL_ICONS[level])}
      <h2>${name}${language === "en" ? nothing : html`<small>${queue.detail ?? html`<span lang="en">${queue.english}</span>`}</small>`}</h2>
      ${state === "away"
        ? html`<p class="place-wait"><strong>${say.away}</strong></p>`
        : html`<p class="place-wait">
            <strong>${state === "soon" ? say.soon : waitOf(band, say)}</strong>
            <small>${state === "elsewhere" ? say.elsewhere : html`${say.ahead(ahead)} <span>${say.guess}</span>`}</small>
          </p>`}
    </div>
    ${state === "away"
      ? html`<p class="place-help">${say.awayHelp}</p>
          <button type="button" class="button come-back" ?disabled=${sending !== null} @click=${() => send("come-back", { ticket: ticket.id }, `come-back:${ticket.id}`)}>
            ${said(`come-back:${ticket.id}`, say.back, shown)}</button>`
      : nothing}
    <div class="place-acts">
      ${twiceButton({ twice, key, words: said(key, say.giveUp, shown), again: say.giveUpAgain(name), act: () => send("give-up", { ticket: ticket.id }, key) })}
      ${twice.key === key ? html`<button type="button" class="button" @click=${() => twice.disarm()}>${say.keepPlace}</button>` : nothing}
    </div>
  </li>`;
}

/** @param {Advice} advice @param {Shown} shown */
function offer(advice, shown) {
  const { say, language, send, sending } = shown;
  const to = nameOf(advice.to, language);
  const from = nameOf(advice.from, language);
  const soon = !advice.band || advice.band.high <= 5;
  const answer = (/** @type {string} */ key, /** @type {string} */ words, /** @type {() => void} */ act, main = false) =>
    html`<button type="button" class="button ${main ? "main" : ""}" data-answer=${key} ?disabled=${sending !== null} @click=${act}>${said(key, words, shown)}</button>`;
  const accept = (/** @type {"add" | "move"} */ how) => () => send("accept-offer", { offer: advice.id, how }, how);
  const decline = (/** @type {"keep" | "not_now"} */ why) => () => send("decline-offer", { offer: advice.id, answer: why }, why);
  return html`<section class="offer" aria-live="polite">
    <h2>${icons.quiet}${say.offer(to, soon ? say.offerNow : say.offerIn(waitOf(advice.band, say)))}</h2>
    <p>${advice.booths.length ? html`${say.booths(advice.booths.join("・"))} ` : nothing}${advice.room ? say.offerKeeps(from) : nothing}</p>
    ${language === "en" ? nothing : html`<p lang="en">${advice.to.english}: ${soon ? "no waiting now" : "a shorter wait"}</p>`}
    <div class="offer-acts">
      ${advice.room ? answer("add", say.add(to), accept("add"), true) : nothing}
      ${answer("move", say.move(to, from), accept("move"), !advice.room)}
      ${answer("keep", say.stay, decline("keep"))}
      ${answer("not_now", say.notNow, decline("not_now"))}
    </div>
  </section>`;
}

/** @param {Shown} shown */
function stamps({ visit, say, language }) {
  return html`<section class="stamps">
    <h2>${say.stamps}</h2>
    <ul>${visit.done.map((queue) => html`<li>${icons.done}<span>${language === "en" ? queue.english : queue.short}</span></li>`)}</ul>
  </section>`;
}

/** What a button says: its words, or that they were sent. @param {string} key @param {string} words @param {Shown} shown */
function said(key, words, { sending, say, seconds }) {
  return sending === key ? html`${icons.pending}${say.sending}${seconds ? ` ${seconds}` : ""}` : words;
}
