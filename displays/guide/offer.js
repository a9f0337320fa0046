/**
 * The offer of the guide screen as it is drawn.
 *
 * @module
 */

import { icons, iconOf } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { levelWord } from "client/words.js";
import { boothFor } from "../serving.js";
import { AT_ONCE, screenWait } from "../wait.js";
import { TURNS, wayTo } from "./direction.js";

/** @typedef {import("client/board.js").Board} Board */
/** @typedef {import("client/guide.js").Guide} Guide */
/** @typedef {import("client/page.js").Fair} Fair */
/** @typedef {import("client/view.js").TemplateResult} TemplateResult */
/** @typedef {import("./rotation.js").Offer} Offer */

/** Its sentences. */
export const WORDS = Object.freeze({
  nobody: { ja: "ただいま、長くお待ちいただくブースはありません", en: "No long waits now" },
  atOnce: { ja: "いま、すぐご案内できます", en: "No waiting now" },
  quiet: { ja: "いま、空いています", en: "Quiet now" },
  shortest: { ja: "待ち時間の短いブース", en: "Shortest waits" },
  asked: { ja: "変更は受付へ", en: "Ask at reception to change" },
  unknown: { ja: "待ち時間を確かめています", en: "Checking the waits" },
  ended: { ja: "相談の受付は終わりました", en: "No more consultations today" },
  stale: { ja: "最新の待ち時間は受付でご確認ください", en: "Please ask at reception for the latest waits" },
});

/** More turns than these are not marked one by one. */
const MARKS_MAX = 8;

/**
 * The offer.
 *
 * @param {object} offered
 * @param {Fair} offered.fair
 * @param {Board} offered.board
 * @param {Guide} offered.guide
 * @param {Offer} offered.offer
 * @param {string | null} offered.at where the screen stands
 * @returns {TemplateResult}
 */
export function offer({ fair, board, guide, offer, at }) {
  const from = fair.queues.find(({ id }) => id === offer.from) ?? null;
  const bands = offer.to.flatMap((id) => guide.queues.get(id ?? "")?.band ?? []);
  const atOnce = bands.length > 0 && bands.every((band) => screenWait(band) === AT_ONCE);
  const words = !offer.quiet ? WORDS.shortest : atOnce ? WORDS.atOnce : WORDS.quiet;
  return html`<section class="offer" aria-label="ご案内 Offers">
    ${from ? crowded(from, board, guide) : html`<p class="offer-from"><b class="offer-nobody">${WORDS.nobody.ja}</b>
      <span lang="en" class="quiet">${WORDS.nobody.en}</span></p>`}
    <p class="offer-what"><b>${words.ja}</b> <span lang="en" class="quiet">${words.en}</span>${turns(offer)}</p>
    <ol>${offer.to.map((id) => row({ fair, board, guide, id, at }))}</ol>
    <p class="offer-foot quiet"><b>${WORDS.asked.ja}</b>${from ? `。${from.short}の順番はそのままです` : nothing}
      <span lang="en">${from ? "You keep your place." : WORDS.asked.en}</span></p>
  </section>`;
}

/**
 * What stands in its place where nobody can be led anywhere.
 *
 * @param {"unknown" | "ended" | "stale"} why the waits are not known yet; every queue has closed; the page no longer hears the server
 */
export function noOffer(why) {
  const words = WORDS[why];
  return html`<section class="offer none"><p><b>${words.ja}</b><span lang="en" class="quiet">${words.en}</span></p></section>`;
}

/** @param {Fair["queues"][number]} queue @param {Board} board @param {Guide} guide */
function crowded({ id, short }, board, guide) {
  const known = guide.queues.get(id);
  const { parties, persons } = board.counts(id);
  return html`<p class="offer-from" data-queue=${id}>${iconOf(levelWord(known?.level ?? "busy").icon)}<b class="offer-name">${short}</b>
    <b class="offer-wait">${screenWait(known?.band).ja}待ち</b>
    <span class="offer-counts quiet"><span class="digits">${parties}</span>組 <span class="digits">${persons}</span>名</span></p>`;
}

/** Which of the turns this is. @param {Offer} offer */
function turns({ turn, turns: count }) {
  if (count < 2 || count > MARKS_MAX) return nothing;
  return html`<span class="offer-turns" aria-hidden="true">${Array.from({ length: count }, (_, i) => html`<i ?data-now=${i === turn}></i>`)}</span>`;
}

/** @param {{fair: Fair, board: Board, guide: Guide, id: string | null, at: string | null}} row */
function row({ fair, board, guide, id, at }) {
  const queue = fair.queues.find((each) => each.id === id);
  const known = guide.queues.get(id ?? "");
  if (!queue || !known) return html`<li class="empty"></li>`;
  const booth = boothFor(fair, board, queue.id);
  const way = booth && wayTo(fair.plan, at, booth.number);
  return html`<li data-queue=${queue.id}>
    ${iconOf(levelWord(known.level).icon)}
    <span class="offer-booth"><span class="digits">${booth?.number}</span><span class="unit">番</span></span>
    <span class="offer-to"><b class="offer-name">${queue.short}</b>
      ${booth?.online ? html`<span class="offer-online">${icons.online}オンライン</span>` : html`<span lang="en" class="quiet">${queue.english}</span>`}</span>
    <span class="offer-way" data-eighths=${way?.eighths ?? nothing}>${way ? icons.arrow : nothing}</span>
    <span class="offer-when"><b>${screenWait(known.band).ja}</b>
      ${way ? html`<span class="offer-turn quiet">${TURNS[way.eighths].ja} 約${way.metres}m</span>` : nothing}</span>
  </li>`;
}
