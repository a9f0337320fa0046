/**
 * What a few pages need of the view library beyond its core: each is a module more to load, so they stand apart.
 *
 * @module
 */

export { repeat } from "lit-html/directives/repeat.js";
export { live as liveValue } from "lit-html/directives/live.js";
