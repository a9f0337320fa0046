/** @file The staff register's page. */

import { ask, read, send } from "client/ask.js";
import { render } from "client/view.js";
import { Draft } from "./staff/form.js";
import { Register } from "./staff/register.js";
import { staffPage } from "./staff/views.js";
import { Twice } from "./twice.js";

const root = /** @type {HTMLElement} */ (document.getElementById("staff"));
const twice = new Twice(draw);
const register = new Register({ read, ask, send, save, changed: draw });

let draft = new Draft(null);
let drafted = "";

/** Hands a file to the browser; nothing of it stays on the page. @param {Blob} file */
function save(file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "badges.pdf";
  link.click();
  URL.revokeObjectURL(link.href);
}

function draw() {
  const form = register.view === "write" ? `write ${register.open}` : "";
  if (form !== drafted) draft = new Draft(register.member);
  drafted = form;
  render(staffPage({ register, twice, draft, changed: draw }), root);
}

draw();
void register.load();
