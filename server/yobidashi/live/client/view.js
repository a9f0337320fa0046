/**
 * The one view library, from one place: pages import their templates from here (and from `directives.js`) and know no package name.
 *
 * @module
 */

export { html, svg, render, nothing } from "lit-html";

/** @typedef {import("lit-html").TemplateResult} TemplateResult */
