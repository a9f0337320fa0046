/** @file A visitor's private page after reserving: look, change, cancel, withdraw a consent. What it shows it asks for each time it is opened. */

import { ask, read } from "client/ask.js";
import { CommandError, commandId } from "client/post.js";
import { fair, page } from "client/page.js";
import { render } from "client/view.js";
import { focusFirstFault } from "./form/view.js";
import { Entry } from "./reservation/entry.js";
import { ownPage } from "./reservation/own.js";
import { Twice } from "./twice.js";

const root = /** @type {HTMLElement} */ (document.getElementById("own-reservation"));
const place = `/own-reservations/${page.token}`;
const twice = new Twice(() => show({}));

/** One id for one act, however often it is pressed until it is answered. @type {Map<string, string>} */
const ids = new Map();

/** @type {import("./reservation/own.js").Shown} */
let shown = { own: null, entry: null, asked: null, sending: false, failure: null, changed: false };

const presses = { again: load, change, leave, cancel, ask: (/** @type {string|null} */ asked) => show({ asked }), withdraw, twice };

/** @param {Partial<import("./reservation/own.js").Shown>} change */
function show(change) {
  shown = { ...shown, ...change };
  render(ownPage(shown, presses), root);
}

/** Do one thing that answers with the reservation. @param {() => Promise<any>} act */
async function answered(act) {
  if (shown.sending) return;
  show({ sending: true, failure: null });
  try {
    show({ own: await act(), asked: null, sending: false, changed: false });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    show({ sending: false, failure: { ja: error.ja, en: error.en } });
    if (error.status === 409) await reread(); // it stands otherwise than this page shows
  }
}

/** @param {string} what @param {object} args */
function send(what, args) {
  const key = `${what} ${JSON.stringify(args)}`;
  const id = ids.get(key) ?? commandId();
  ids.set(key, id);
  return answered(async () => {
    const own = await ask(`${place}/${what}`, args, id);
    ids.delete(key);
    return own;
  });
}

function load() {
  return answered(() => read(place));
}

/** Show how it stands now, under what was refused. */
async function reread() {
  const own = await read(place).catch(() => null);
  if (own) show({ own });
}

function change() {
  const own = shown.own;
  if (!own) return;
  const decided = Object.fromEntries(own.consents.filter(current).map(({ consent, given }) => [consent, given]));
  const entry = new Entry({
    calls: { read, ask },
    fair,
    path: `${place}/change`,
    autofill: true,
    filled: { party: own.party, wishes: own.wishes, answers: own.answers, consents: decided },
    changed: () => show({}),
    done: (answer) => show({ own: answer, entry: null, failure: null, changed: true }),
    refused: () => focusFirstFault(root, entry.form),
  });
  show({ entry, failure: null });
  entry.start();
  root.querySelector(".middle")?.scrollTo(0, 0);
}

/** A decision on a text that has changed since is asked anew. @param {import("./reservation/own.js").OwnReservation["consents"][number]} decision */
function current({ consent, version }) {
  return fair.consents.some((each) => each.key === consent && each.version === version);
}

function leave() {
  shown.entry?.stop();
  show({ entry: null });
}

function cancel() {
  return send("cancel", {});
}

/** @param {string} consent */
function withdraw(consent) {
  return send("withdraw", { consent });
}

show({});
void load();
window.addEventListener("pageshow", (event) => event.persisted && void load());
