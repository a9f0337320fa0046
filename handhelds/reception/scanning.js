/** @file 読取: the camera's picture, until a code comes into sight. A hand scanner types, and needs no picture. */

import { icons } from "client/icons.js";
import { html } from "client/view.js";
import { cameraAllowed, watchCamera } from "../scan.js";
import { mainButton, mainRest } from "./main.js";

export { cameraAllowed };

/** The camera of this desk. */
export class Camera {
  /** Whether there is no camera, or the browser was told not to give it. */
  failed = false;
  /** @type {AbortController|null} */
  #watching = null;
  #desk;

  /** @param {import("./desk.js").Desk} desk */
  constructor(desk) {
    this.#desk = desk;
  }

  /** Look until something is read, or the view is left. @param {HTMLVideoElement} video */
  async watch(video) {
    if (this.#watching) return;
    this.#watching = new AbortController();
    this.failed = false;
    try {
      await watchCamera(video, (text) => this.#read(text), this.#watching.signal);
    } catch {
      this.failed = true;
      this.#desk.show("scan");
    } finally {
      this.#watching = null;
    }
  }

  /** The view is left. */
  rest() {
    this.#watching?.abort();
  }

  /** @param {string} text */
  #read(text) {
    this.rest();
    void this.#desk.arrival?.look(text);
  }
}

/**
 * @param {import("./views.js").Scene} scene
 * @returns {import("./views.js").Parts}
 */
export function scanView({ desk }) {
  const failed = desk.camera?.failed === true;
  return {
    middle: html`<section class="ask question"><h2><span>予約・受付カードの</span>QRコードを映してください</h2></section>
      <section class="read scan">
        ${failed
          ? html`<p class="hint" role="alert">${icons.close} カメラを使えません。ブラウザーの設定で許可するか、コードで探してください。</p>`
          : html`<video id="camera" class="scan-picture" muted playsinline aria-label="カメラの映像"></video>`}
      </section>`,
    foot: desk.sending.pending ? mainRest("探しています") : mainButton(desk, "やめる", () => desk.next()),
  };
}
