/** @file What the sign-in page shows at each step. */

import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { door, faultNote } from "../door.js";
import { otherScreens } from "../other-screens.js";
import { cameraAllowed } from "../scan.js";
import { PIN_LENGTH } from "./entry.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {{on: boolean, fault: import("./entry.js").Fault | null, start: () => void, stop: () => void}} Camera */

const DIGITS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

const ASKS = Object.freeze({
  pin: { ja: "暗証番号（6桁）", en: "Your PIN, 6 digits" },
  choose: { ja: "新しい暗証番号を決めてください（6桁）", en: "Choose your PIN, 6 digits" },
  again: { ja: "もう一度、同じ暗証番号を入れてください", en: "The same PIN once more" },
  sending: { ja: "確かめています", en: "Checking" },
  badge: { ja: "", en: "" },
});

/**
 * The page of a device that is enrolled.
 *
 * @param {Entry} entry
 * @param {Camera} camera
 */
export function signInPage(entry, camera) {
  return entry.step === "badge" ? badgeStep(entry, camera) : pinStep(entry);
}

/** @param {Entry} entry @param {Camera} camera */
function badgeStep(entry, camera) {
  return door({
    title: "サインイン",
    english: "Sign in",
    body: html`
      <section class="card lead">
        <h2>名札のQRコードを読み取ってください</h2>
        <p lang="en">Scan the QR code of your badge</p>
      </section>
      ${faultNote(entry.fault)}
      <div class="viewfinder" ?hidden=${!camera.on}><video id="camera" muted playsinline></video></div>
      ${camera.on ? nothing : waysToScan()}
      ${faultNote(camera.fault)}
    `,
    foot: !cameraAllowed
      ? nothing
      : camera.on
        ? html`<button type="button" class="button wide" @click=${camera.stop}>カメラを止める <span lang="en">Stop</span></button>`
        : html`<button type="button" class="button main" @click=${camera.start}>
            <span class="main-words">${icons.qr} カメラで読み取る</span><small lang="en">Use the camera</small>
          </button>`,
  });
}

function waysToScan() {
  return html`<ul class="ways">
    ${cameraAllowed ? nothing : html`<li>スマートフォンのカメラを名札に向けると、このページが開きます。<span lang="en">Point the phone's own camera at the badge: it opens this page.</span></li>`}
    <li>QRリーダーがあれば、そのまま名札にかざしてください。<span lang="en">With a hand scanner, just scan.</span></li>
    <li>名札がない・使えないときは、統括責任者にお伝えください。<span lang="en">No badge, or a lost one: tell the chief.</span></li>
  </ul>`;
}

/** @param {Entry} entry */
function pinStep(entry) {
  const words = ASKS[entry.step];
  const boxes = Array.from({ length: PIN_LENGTH }, (_, place) => place < entry.typed.length);
  return door({
    title: "サインイン",
    english: "Sign in",
    body: html`
      <section class="card lead" aria-live="polite">
        <h2>${words.ja}</h2>
        <p lang="en">${words.en}</p>
        <div class="pin" role="img" aria-label="${entry.typed.length}桁 入力済み">
          ${boxes.map((full) => html`<span class="pin-box ${full ? "full" : ""}"></span>`)}
        </div>
        ${entry.step === "choose" ? html`<p class="hint">並び（123456）や繰り返し（111111）は使えません。忘れたら新しい名札が要ります。</p>` : nothing}
      </section>
      ${faultNote(entry.fault)}
    `,
    foot: html`<div class="keypad">
      ${DIGITS.map((digit) => key(entry, digit))}
      <button type="button" class="button word" @click=${() => entry.restart()}>やり直す</button>
      ${key(entry, "0")}
      <button type="button" class="button word" aria-label="1字消す" @click=${() => entry.erase()}>${icons.erase}</button>
    </div>`,
  });
}

/** @param {Entry} entry @param {string} digit */
function key(entry, digit) {
  return html`<button type="button" class="button" @click=${() => entry.press(digit)}>${digit}</button>`;
}

/** The page of a browser that is no device of the fair. @param {string} enrol the address of the enrolment page */
export function strangerPage(enrol) {
  return door({
    title: "サインイン",
    english: "Sign in",
    body: html`<section class="card lead">
      <h2>この端末はまだ登録されていません</h2>
      <p lang="en">This device is not enrolled yet</p>
      <p class="hint">進行管理者の画面の「端末」から、この端末用のQRコードかコードを出してもらってください。</p>
    </section>`,
    foot: html`<a class="button main" href=${enrol}>コードを入力して登録する<small lang="en">Type a code to enrol</small></a>`,
  });
}

/** The page of a screen, at which nobody signs in. @param {string} calls the address of the calls screen */
export function screenPage(calls) {
  return door({
    title: "画面",
    english: "Screen",
    body: html`<section class="card lead">
      <h2>この端末は表示専用です</h2>
      <p lang="en">This device is a screen: nobody signs in here</p>
    </section>${otherScreens()}`,
    foot: html`<a class="button main" href=${calls}>呼出画面を開く<small lang="en">Open the calls screen</small></a>`,
  });
}
