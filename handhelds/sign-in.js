/** @file The sign-in page: a badge is scanned, or was by the phone's own camera, and its PIN typed. */

import { ask, read } from "client/ask.js";
import { page } from "client/page.js";
import { render } from "client/view.js";
import { takeFragment } from "./door.js";
import { listenToScanner, watchCamera } from "./scan.js";
import { Entry, firstPage } from "./sign-in/entry.js";
import { screenPage, signInPage, strangerPage } from "./sign-in/views.js";

const root = /** @type {HTMLElement} */ (document.getElementById("sign-in"));
const entry = new Entry({ ask, enter, changed: draw });

const NO_CAMERA = Object.freeze({
  ja: "カメラを使えません。ブラウザーでカメラを許可してください。",
  en: "The camera cannot be used. Allow it in the browser.",
});

/** @type {AbortController | null} */
let watching = null;
/** @type {import("./sign-in/views.js").Camera} */
const camera = { on: false, fault: null, start: () => void look(), stop: () => watching?.abort() };

async function look() {
  watching = new AbortController();
  camera.on = true;
  camera.fault = null;
  draw();
  try {
    await watchCamera(/** @type {HTMLVideoElement} */ (document.getElementById("camera")), show, watching.signal);
  } catch {
    camera.fault = NO_CAMERA;
  }
  camera.on = false;
  draw();
}

/** @param {string} text */
function show(text) {
  camera.stop();
  void entry.show(text);
}

/** @param {import("./sign-in/entry.js").Member} member */
function enter(member) {
  location.replace(page.base + firstPage(member));
}

function draw() {
  render(signInPage(entry, camera), root);
}

/** A link from outside brings no sign-in with it, so the page looks again before it asks for one. */
async function begin() {
  const secret = takeFragment();
  if (page.me.kind === "public") return render(strangerPage(`${page.base}/enrol`), root);
  if (page.me.kind === "screen") return render(screenPage(`${page.base}/calls`), root);
  draw();
  if (secret) return show(`#${secret}`);
  const me = await read("/me").catch(() => null);
  if (me?.kind === "staff" && entry.step === "badge") enter(me);
}

listenToScanner(show, new AbortController().signal);
window.addEventListener("keydown", (event) => {
  if (event.key === "Backspace" && entry.typing) entry.erase();
  else entry.press(event.key);
});
void begin();
