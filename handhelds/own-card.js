/** @file A visitor's private page after the card: what to show at the reception, and each consent, to be withdrawn at any time. */

import { ask, read } from "client/ask.js";
import { page } from "client/page.js";
import { render } from "client/view.js";
import { ownPage } from "./card/own.js";

const root = /** @type {HTMLElement} */ (document.getElementById("own-card"));
const place = `/own-cards/${page.token}`;

/** @type {import("./card/own.js").Shown} */
let shown = { own: null, asked: null, sending: false, failure: null };

/** @param {Partial<import("./card/own.js").Shown>} change */
function show(change) {
  shown = { ...shown, ...change };
  render(ownPage(shown, { again: load, ask: (consent) => show({ asked: consent }), withdraw }), root);
}

/** Do one thing that answers with the card. @param {() => Promise<any>} act */
async function answered(act) {
  if (shown.sending) return;
  show({ sending: true, failure: null });
  try {
    show({ own: await act(), asked: null, sending: false });
  } catch (error) {
    if (!(error instanceof Error && "ja" in error && "en" in error)) throw error;
    show({ sending: false, failure: { ja: String(error.ja), en: String(error.en) } });
  }
}

function load() {
  return answered(() => read(place));
}

/** @param {string} consent */
function withdraw(consent) {
  return answered(() => ask(`${place}/withdraw`, { consent }));
}

show({});
void load();
