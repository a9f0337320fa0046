/** @file The pages at the door (set-up, enrolment, sign-in): one column, one thing to do, and what went wrong. */

import { icons } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";

/**
 * A page.
 *
 * @param {object} parts
 * @param {string} parts.title
 * @param {string} parts.english
 * @param {unknown} parts.body
 * @param {unknown} parts.foot what the thumb reaches
 * @returns {import("lit-html").TemplateResult}
 */
export function door({ title, english, body, foot }) {
  return html`
    <header class="header">
      <h1 class="header-title">${title}<span class="header-detail" lang="en">${english}</span></h1>
      <span class="header-fair">${fair.name}</span>
    </header>
    <main class="middle">${body}</main>
    <footer class="foot">${foot}</footer>
  `;
}

/**
 * What went wrong, or nothing.
 *
 * @param {{ja: string, en: string} | null} fault
 */
export function faultNote(fault) {
  if (!fault) return nothing;
  return html`<div class="failed" role="alert">
    <strong>${icons.alarm}${fault.ja}</strong>
    <p lang="en">${fault.en}</p>
  </div>`;
}

/**
 * Takes what stands after the # of the page's address, and takes it out of the address: nobody shall read it over a shoulder.
 *
 * @returns {string}
 */
export function takeFragment() {
  const secret = location.hash.slice(1);
  if (secret) history.replaceState(null, "", location.pathname);
  return secret;
}
