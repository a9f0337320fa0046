/** @file What a screen may show besides the calls: where a device that is enrolled as a screen finds its own page. */

import { fair, page } from "client/page.js";
import { html } from "client/view.js";

/** The links to the guide screen and to every booth's own. */
export function otherScreens() {
  return html`<nav class="card other-screens" aria-labelledby="others">
    <h2 id="others">ほかの画面 <span class="quiet" lang="en">Other screens</span></h2>
    <a class="button" href="${page.base}/guide">案内画面 <span lang="en">Guide screen</span></a>
    <p>ブースの画面 <span class="quiet" lang="en">Booth screens</span></p>
    <ul>${fair.booths.map(({ number }) => html`<li><a class="button" href="${page.base}/booths/${number}/screen"
      aria-label="${number}番ブースの画面">${number}</a></li>`)}</ul>
  </nav>`;
}
