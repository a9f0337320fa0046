/** @file A QR code drawn by the page itself, so that what is secret in it goes to no server and into no picture's address. */

import encodeQR from "qr";
import { html } from "client/view.js";

/** Modules of white around the code, which readers need. */
const MARGIN = 4;

/**
 * A QR code, black on white.
 *
 * @param {string} text
 * @param {string} label what it is, for who cannot see it
 * @returns {import("lit-html").TemplateResult}
 */
export function qrCode(text, label) {
  const rows = encodeQR(text, "raw", { ecc: "quartile", border: MARGIN });
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return html`<svg class="qr-code" viewBox="0 0 ${rows.length} ${rows.length}" role="img" aria-label=${label} shape-rendering="crispEdges">
    <path d=${path} />
  </svg>`;
}
