/**
 * The one view library, from one place: pages import their templates from here and know no package name.
 *
 * @module
 */

export { html, svg, render, nothing } from "lit-html";
export { repeat } from "lit-html/directives/repeat.js";
export { classMap } from "lit-html/directives/class-map.js";
export { styleMap } from "lit-html/directives/style-map.js";
export { live as liveValue } from "lit-html/directives/live.js";

/** @typedef {import("lit-html").TemplateResult} TemplateResult */
