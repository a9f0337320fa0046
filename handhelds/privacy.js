/** @file The privacy officer's page: one part at a time, named in the address so that it can be opened again. */

import { icons } from "client/icons.js";
import { fair, page } from "client/page.js";
import { html, render } from "client/view.js";
import { Audit, auditView } from "./privacy/audit.js";
import { Disposal, disposalView } from "./privacy/disposal.js";
import { Exports, exportsView } from "./privacy/exports.js";
import { Incident, incidentView } from "./privacy/incident.js";
import { Keys, keysView } from "./privacy/keys.js";
import { may } from "./privacy/words.js";
import { Twice } from "./twice.js";

/** @typedef {"audit" | "exports" | "incident" | "disposal" | "keys"} PartName */

const root = /** @type {HTMLElement} */ (document.getElementById("privacy"));
const twice = new Twice(draw);

const rooms = {
  audit: new Audit(draw),
  exports: new Exports(draw),
  incident: new Incident(draw),
  disposal: new Disposal(draw),
  keys: new Keys(draw),
};

/** Every part: its name, its words, and whether this page's reader has it. @type {{name: PartName, ja: string, en: string, open: boolean}[]} */
const PARTS = [
  { name: "audit", ja: "監査記録", en: "Audit", open: true },
  { name: "exports", ja: "提供", en: "Exports", open: true },
  { name: "incident", ja: "事故対応", en: "Incident", open: may("investigate") },
  { name: "disposal", ja: "消去", en: "Disposal", open: true },
  { name: "keys", ja: "鍵", en: "Keys", open: may("rotate-key") },
];

const parts = PARTS.filter((part) => part.open);
let open = named();

/** @returns {PartName} */
function named() {
  const wanted = location.hash.slice(1);
  return parts.find((part) => part.name === wanted)?.name ?? "audit";
}

function draw() {
  const views = {
    audit: () => auditView(rooms.audit, investigate),
    exports: () => exportsView(rooms.exports, twice),
    incident: () => incidentView(rooms.incident, rooms.exports),
    disposal: () => disposalView(rooms.disposal, twice),
    keys: () => keysView(rooms.keys, twice),
  };
  const here = html`
    <header class="header">
      <a class="button plain" href="${page.base}/" aria-label="はじめのページ">${icons.back}</a>
      <h1 class="header-title">個人情報<span class="header-detail" lang="en">Personal data</span></h1>
      <span class="header-fair">${fair.name}</span>
    </header>
    <nav class="parts bars" aria-label="個人情報の各部">
      ${parts.map(
        ({ name, ja, en }) => html`<a class="button part" href="#${name}" aria-current=${name === open ? "page" : "false"}>
          ${ja}<span lang="en">${en}</span></a>`,
      )}
    </nav>
    <main class="middle privacy" data-part=${open}>${views[open]()}</main>
  `;
  render(here, root);
}

/**
 * From an entry of the record to what its writer saw.
 *
 * @param {{who?: string, device?: string, record?: string}} subject
 */
function investigate(subject) {
  rooms.incident.about(subject);
  location.hash = "incident";
}

function opened() {
  open = named();
  draw();
  void rooms[open].load();
}

addEventListener("hashchange", opened);
opened();
