/** @file A party's own page on its own phone: its number, how long it waits, the call, and what it can do by itself. */

import { formatTime } from "client/clock.js";
import { icons } from "client/icons.js";
import { follow } from "client/live.js";
import { fair, page } from "client/page.js";
import { CommandError, post } from "client/post.js";
import { html, nothing, render } from "client/view.js";
import { Twice } from "./twice.js";
import { Attention } from "./visitor/attention.js";
import { called } from "./visitor/called.js";
import { LANGUAGES, SENTENCES, languageOf, nameOf, tagOf, waitOf } from "./visitor/language.js";
import { OwnMeeting } from "./visitor/meeting.js";
import { callKey, visitOf } from "./visitor/visit.js";
import { waiting } from "./visitor/waiting.js";

/** @typedef {import("./visitor/language.js").Language} Language */

const root = /** @type {HTMLElement} */ (document.getElementById("visitor"));
const own = page.visit ?? { party: 0, api: "" };

/** @type {Language} */
let language = languageOf(location.hash, navigator.language);
/** @type {{key: string, seconds: number} | null} */
let sent = null;
/** @type {{ja: string, en: string} | null} */
let failure = null;

const twice = new Twice(draw);
const attention = new Attention(draw);
const meeting = new OwnMeeting(`/visits/${page.token}/meeting`, draw);
const live = follow({ onChange: draw, onGuide: draw, onStatus: draw });

draw();
setInterval(draw, 1_000);

function draw() {
  const say = SENTENCES[language];
  const { board, guide, clock, status } = live;
  const stale = status.state === "stale";
  const visit = visitOf({ board, guide, fair, party: own.party, now: clock.now() });
  document.documentElement.lang = tagOf(language);
  document.title = titleOf(visit, say);
  attention.call(stale ? "" : callKey(visit.call));
  const met = visit.call ?? visit.talk;
  meeting.keep(met, board.booths.get(met?.booth ?? 0));
  root.className = stale ? "stale" : "";
  render(
    html`${bars(say)}
      <p class="visually-hidden" role="status">${visit.call ? `${say.called} ${visit.number} ${say.boothBefore} ${visit.call.booth}${say.boothAfter}` : nothing}</p>
      ${visit.call && !stale
        ? called(visit.call, { number: visit.number, say, language, meeting: meeting.button(say) })
        : quiet(visit, say)}`,
    root,
  );
}

/**
 * @param {import("./visitor/visit.js").Visit} visit
 * @param {import("./visitor/language.js").Sentences} say
 */
function quiet(visit, say) {
  const now = live.clock.now();
  return html`
    <header class="top">
      <p>${language === "en" ? fair.english : fair.name}</p>
      ${fair.demonstration ? html`<p class="demonstration-mark">練習 <span lang="en">Demo</span></p>` : nothing}
      <p class="clock">${now === null ? "" : formatTime(now, fair.timezone)}</p>
    </header>
    <main>
      <section class="own">
        <h1>${say.yourNumber}${language === "en" ? nothing : html` <span lang="en">Your number</span>`}</h1>
        <p class="own-size">${visit.size ? say.persons(visit.size) : nothing}</p>
        <p class="own-number digits" data-length=${visit.number.length}>${visit.number || "—"}</p>
      </section>
      ${attention.audible
        ? html`<p class="heard">${icons.sound}${say.soundOn}</p>`
        : html`<p class="heard"><button type="button" class="button" @click=${() => attention.allow()}>${icons.mute}${say.soundOff}</button></p>`}
      ${visit.notices.map((notice) => html`<p class="notice">${icons.notice}<span>${language === "en" ? notice.en ?? notice.ja : notice.ja}</span></p>`)}
      ${failure ? html`<p class="failure" role="alert">${icons.alarm}<span>${failure[tagOf(language)]}</span></p>` : nothing}
      ${visit.number
        ? waiting({ visit, say, language, twice, sending: sent?.key ?? null, seconds: sent?.seconds ?? 0, meeting: meeting.button(say), send })
        : html`<p class="none">${live.board.position ? say.gone : say.loading}</p>`}
      <p class="leave-open">${say.leaveOpen}</p>
      <nav class="languages" aria-label=${say.language}>
        ${Object.entries(LANGUAGES).map(
          ([key, name]) => html`<button type="button" class="button" lang=${tagOf(/** @type {Language} */ (key))} aria-pressed=${key === language}
            @click=${() => choose(/** @type {Language} */ (key))}>${name}</button>`,
        )}
      </nav>
    </main>
  `;
}

/** @param {import("./visitor/language.js").Sentences} say */
function bars(say) {
  const { problem, state, since } = live.status;
  if (problem) return html`<p class="stale-bar dark" role="alert">${icons.stale}<span>${problem[tagOf(language)]}</span></p>`;
  if (state !== "stale") return nothing;
  return html`<p class="stale-bar dark" role="alert">${icons.stale}
    <span><strong>${say.stale}</strong>${since === null ? nothing : say.staleSince(formatTime(since, fair.timezone))}</span></p>`;
}

/**
 * @param {import("./visitor/visit.js").Visit} visit
 * @param {import("./visitor/language.js").Sentences} say
 */
function titleOf(visit, say) {
  if (visit.call) return `▶ ${visit.number} ${say.called} ${say.boothBefore} ${visit.call.booth}${say.boothAfter}`;
  const [first] = visit.places;
  if (!visit.number) return `${say.title} · ${fair.name}`;
  return first && first.state !== "away" ? `${visit.number} ${first.state === "soon" ? say.soon : waitOf(first.band, say)} ${nameOf(first.queue, language)}` : `${visit.number} ${say.title}`;
}

/** @param {Language} chosen */
function choose(chosen) {
  language = chosen;
  history.replaceState(null, "", `#${chosen}`);
  draw();
}

/**
 * Does one of the party's own acts: sent until it is answered, one at a time.
 *
 * @param {string} act
 * @param {object} args
 * @param {string} key which button it was
 */
async function send(act, args, key) {
  if (sent) return;
  sent = { key, seconds: 0 };
  failure = null;
  draw();
  try {
    await post(`${own.api}/${act}`, args, {
      onPending: (seconds) => {
        sent = { key, seconds };
        draw();
      },
    });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    failure = { ja: error.ja, en: error.en };
  } finally {
    sent = null;
    draw();
  }
}
