/**
 * The icons: every state and act that has a word has a shape too, so that nothing is told by colour alone.
 *
 * Drawn on a 24 × 24 grid with 3 px strokes in the colour of the text around them (`currentColor`), sized by the text (1 em, look.css).
 * Drawn as shapes and not as font characters, because ◐ ● ▶ differ from font to font. They are always hidden from
 * screen readers: the word beside them speaks.
 *
 * @module
 */

import { html, nothing, svg } from "./view.js";

/** @typedef {import("./view.js").TemplateResult} TemplateResult */
/** @typedef {import("lit-html").SVGTemplateResult} Shape */

/**
 * One icon as a template.
 *
 * @param {Shape} shape what is drawn, in the 24 × 24 grid
 * @param {string} [tint] a further class: `icon-room` and `icon-full` take the two colours an icon may have
 * @returns {TemplateResult}
 */
function draw(shape, tint = "") {
  return html`<svg class="icon ${tint}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"
    fill="none" stroke="currentColor" stroke-width="3">${shape}</svg>`;
}

const ring = svg`<circle cx="12" cy="12" r="8.5"/>`;

/** Every icon by name. */
export const icons = {
  // States of a ticket.
  /** ▶ being called */
  call: draw(svg`<path fill="currentColor" stroke="none" d="M5 2.5v19L21 12z"/>`),
  /** ▶▶ called again */
  recall: draw(svg`<path fill="currentColor" stroke="none" d="M1.5 4.5v15L12 12zM12 4.5v15L22.5 12z"/>`),
  /** ▷ soon: the next one or two of a queue */
  soon: draw(svg`<path d="M6.5 5v14l12-7z"/>`),
  /** two bars: absent or held */
  away: draw(svg`<path fill="currentColor" stroke="none" d="M5 3.5h5v17H5zM14 3.5h5v17h-5z"/>`),
  /** two seats and a table: talking */
  serving: draw(svg`<path d="M4 4v16M20 4v16M4 12h16"/>`),
  /** ✓ finished; also the mark of what is chosen */
  done: draw(svg`<path d="M3 12.5l6 6L21 5.5"/>`),
  /** × cancelled */
  cancelled: draw(svg`<path d="M5 5l14 14M19 5L5 19"/>`),

  // States of a booth.
  /** ○ a free booth */
  free: draw(ring, "icon-room"),
  /** one bar: paused */
  paused: draw(svg`<path stroke-width="5" d="M3 12h18"/>`),
  /** a frame with ▷: the booth shows the video */
  video: draw(svg`<path d="M2.5 4.5h19v15h-19z"/><path fill="currentColor" stroke="none" d="M9.5 8.5v7l6-3.5z"/>`),

  // How full a queue is: ○ ◐ ●.
  quiet: draw(ring, "icon-room"),
  some: draw(svg`${ring}<path fill="currentColor" stroke="none" d="M12 3a9 9 0 0 0 0 18z"/>`),
  crowded: draw(svg`<circle fill="currentColor" stroke="none" cx="12" cy="12" r="10"/>`, "icon-full"),

  // What a page says about itself.
  /** a ring of eight dashes: sent, not yet answered */
  pending: draw(svg`<circle cx="12" cy="12" r="9" stroke-dasharray="3.9 3.168" stroke-dashoffset="1.95"/>`),
  /** crossed waves: the page no longer hears the server */
  stale: draw(svg`<path d="M2 10.5c5.5-5.4 14.5-5.4 20 0M6.5 14.5c3-3 8-3 11 0M3.5 21.5L20.5 2.5"/>
    <path fill="currentColor" stroke="none" d="M10.5 17h4v4h-4z"/>`),
  /** a triangle with an exclamation mark */
  alarm: draw(svg`<path fill="currentColor" stroke="none" fill-rule="evenodd"
    d="M12 2L23 22H1zM10.75 9v6.5h2.5V9zM10.75 17v2.5h2.5V17z"/>`, "icon-full"),

  // Acts.
  search: draw(svg`<circle cx="10" cy="10" r="7"/><path d="M15 15l7 7"/>`),
  qr: draw(svg`<path d="M3.5 3.5h6v6h-6zM14.5 3.5h6v6h-6zM3.5 14.5h6v6h-6z"/>
    <path fill="currentColor" stroke="none" d="M13 13h4v4h-4zM18 18h4v4h-4z"/>`),
  /** a speech bubble: what is said, and in which language */
  language: draw(svg`<path d="M3.5 4.5h17v11H12l-5 4.5v-4.5H3.5z"/>`),
  /** a raised hand: help is needed */
  help: draw(svg`<path d="M7 21.5V9M7 12V5.5M11 12V3M15 12V4.5M19 13V7.5M7 21.5h8.5a4 4 0 0 0 3.5-4V12"/>`),
  /** a screen: the talk is online */
  online: draw(svg`<path d="M3 4.5h18v11.5H3zM8 20.5h8"/>`),
  person: draw(svg`<circle cx="12" cy="7" r="4.5"/><path d="M3.5 22c0-5 3.5-7.5 8.5-7.5s8.5 2.5 8.5 7.5"/>`),
  /** a smaller person */
  child: draw(svg`<circle cx="12" cy="11" r="3.5"/><path d="M6.5 22c0-3.5 2-5.5 5.5-5.5s5.5 2 5.5 5.5"/>`),
  undo: draw(svg`<path d="M9 2.5L3.5 8 9 13.5M4 8h10.5a6 6 0 0 1 0 12H8"/>`),
  add: draw(svg`<path d="M12 4v16M4 12h16"/>`),
  close: draw(svg`<path d="M5 5l14 14M19 5L5 19"/>`),
  /** → from the number to the booth */
  arrow: draw(svg`<path d="M2 12h18M12.5 4l8 8-8 8"/>`),
  /** ← one page back */
  back: draw(svg`<path d="M22 12H4M11.5 4l-8 8 8 8"/>`),
  /** to another queue: two arrows past each other */
  move: draw(svg`<path d="M2 7.5h17M14 2l5.5 5.5L14 13M22 16.5H5M10 11l-5.5 5.5L10 22"/>`),
  /** ⌫ the last digit away */
  erase: draw(svg`<path d="M8 4.5h13.5v15H8L2 12zM11 9l6 6M17 9l-6 6"/>`),
  print: draw(svg`<path d="M6.5 8V3.5h11V8M6.5 18h-4V9.5h19V18h-4M6.5 14.5h11v6h-11z"/>`),
  /** the chime can be heard */
  sound: draw(svg`<path fill="currentColor" stroke="none" d="M2 8.5h4.5L13 3v18l-6.5-5.5H2z"/><path d="M17 7.5a6.4 6.4 0 0 1 0 9"/>`),
  /** the chime is off or not yet allowed */
  mute: draw(svg`<path fill="currentColor" stroke="none" d="M2 8.5h4.5L13 3v18l-6.5-5.5H2z"/><path d="M16 9l6.5 6.5M22.5 9L16 15.5"/>`),
  /** a loudhailer: a notice to everybody */
  notice: draw(svg`<path d="M3 9.5v5h4l10 5v-15l-10 5zM7.5 15v5.5h3.5V17M21 9v6"/>`),
  /** the page over the whole screen */
  fullscreen: draw(svg`<path d="M3.5 9V3.5H9M15 3.5h5.5V9M20.5 15v5.5H15M9 20.5H3.5V15"/>`),
};

/** @typedef {keyof typeof icons} IconName */

/**
 * The icon of a word, or nothing where the word has none (お待ち).
 *
 * @param {IconName | null | undefined} name
 * @returns {TemplateResult | typeof nothing}
 */
export function iconOf(name) {
  return name ? icons[name] : nothing;
}
