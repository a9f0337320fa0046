/**
 * The video for those who wait. Until it plays, and where there is none, a still card with the exhibitors' names is seen: never a broken
 * frame.
 *
 * @module
 */

import { html, nothing } from "client/view.js";

/** @typedef {import("client/page.js").Fair} Fair */
/** @typedef {import("client/view.js").TemplateResult} TemplateResult */

/** How loud the video is while calls are laid over it, of 1. */
export const DUCKED = 0.1;
/** After how long a video that failed is tried again, ms. */
const AGAIN_MS = 60_000;

/** A video that plays for ever. */
export class Film {
  /** @type {HTMLVideoElement | null} */
  #video = null;
  #again = 0;

  /**
   * @param {Fair} fair
   * @param {{sound: boolean}} options sound: may be heard, where the browser lets it; else it is silent
   */
  constructor(fair, { sound }) {
    this.fair = fair;
    if (fair.video) this.#video = this.#made(fair.video.url, sound);
  }

  /** @returns {TemplateResult} */
  get template() {
    return html`<div class="film">${still(this.fair)}${this.#video}</div>`;
  }

  /** Makes the video low, before a chime is heard, or as loud as it was. @param {boolean} low */
  duck(low) {
    if (this.#video) this.#video.volume = low ? DUCKED : 1;
  }

  /** @param {string} url @param {boolean} sound */
  #made(url, sound) {
    const video = document.createElement("video");
    Object.assign(video, { className: "film-video", src: url, loop: true, playsInline: true, hidden: true, muted: !sound });
    video.setAttribute("aria-label", "PR映像 PR video");
    video.addEventListener("loadeddata", () => {
      video.hidden = false;
      void this.#play(video);
    });
    video.addEventListener("error", () => {
      video.hidden = true;
      clearTimeout(this.#again);
      this.#again = setTimeout(() => video.load(), AGAIN_MS);
    });
    const heard = () => void (video.muted = !sound);
    document.addEventListener("pointerdown", heard);
    document.addEventListener("keydown", heard);
    return video;
  }

  /** A browser that does not let a page be heard lets it be seen. @param {HTMLVideoElement} video */
  async #play(video) {
    try {
      await video.play();
    } catch (refused) {
      if (!(refused instanceof DOMException) || refused.name !== "NotAllowedError") return; // taken out of the page: nothing to show
      video.muted = true;
      await video.play().catch(() => {});
    }
  }
}

/** So many names can be read on the still card; a larger fair shows its own name alone. */
const NAMES_MAX = 24;

/** Who is here, where no video plays. @param {Fair} fair */
function still(fair) {
  return html`<div class="still">
    <p class="still-fair">${fair.name}<span lang="en" class="quiet">${fair.english}</span></p>
    ${fair.queues.length > NAMES_MAX ? nothing : html`<ul>${fair.queues.map(({ short }) => html`<li>${short}</li>`)}</ul>`}
  </div>`;
}
