/** @file The call: the whole page is the lamp. Held up it is a ticket, too. No button on it: the only act is to walk. */

import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { nameOf } from "./language.js";

/** @typedef {import("./language.js").Language} Language */
/** @typedef {import("./language.js").Sentences} Sentences */
/** @typedef {import("./visit.js").Meeting} Meeting */

/**
 * @param {Meeting} call
 * @param {object} shown
 * @param {string} shown.number
 * @param {Sentences} shown.say
 * @param {Language} shown.language
 * @param {unknown} shown.meeting how to talk with a consultant who is not in the hall
 * @returns {import("client/view.js").TemplateResult}
 */
export function called(call, { number, say, language, meeting }) {
  const name = nameOf(call.queue, language);
  const again = call.ticket.recalls > 0;
  return html`<main class="call lamp" data-recalls=${call.ticket.recalls % 2 ? "odd" : "even"}>
    <h1 class="call-head">${again ? icons.recall : icons.call}<span>${again ? say.again : say.called}</span></h1>
    ${language === "en" ? nothing : html`<p class="call-en" lang="en">It is your turn.</p>`}
    <p class="call-label">${say.number}${language === "en" ? nothing : html` <span lang="en">Number</span>`}</p>
    <p class="call-number digits" data-length=${number.length}>${number}</p>
    <p class="call-booth" data-length=${String(call.booth).length}>
      ${icons.arrow}<span>${say.boothBefore}</span><strong class="digits">${call.booth}</strong><span>${say.boothAfter}</span>
    </p>
    <p class="call-name">${name}</p>
    ${language === "en" ? nothing : html`<p class="call-en" lang="en">${call.queue.english}</p>`}
    ${call.online ? html`<p class="call-online">${icons.online}${say.online}</p><p>${say.onlineHelp}</p>${meeting}` : nothing}
    <p class="call-come">${say.come}</p>
    ${language === "en" ? nothing : html`<p class="call-en" lang="en">Please come to booth ${call.booth}.</p>`}
    <p class="call-keep">${say.keep}</p>
  </main>`;
}
