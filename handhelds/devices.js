/** @file The devices' page. */

import { ask, read } from "client/ask.js";
import { render } from "client/view.js";
import { Desk, READ_MS } from "./devices/desk.js";
import { devicesPage } from "./devices/views.js";
import { Twice } from "./twice.js";

const root = /** @type {HTMLElement} */ (document.getElementById("devices"));
const twice = new Twice(draw);
const desk = new Desk({ read, ask, changed: draw });

function draw() {
  render(devicesPage(desk, twice), root);
}

draw();
void desk.load();
setInterval(() => document.visibilityState === "visible" && void desk.load(), READ_MS);
