/** @file The card's form at the desk, as it is told across it. */

import { icons } from "client/icons.js";
import { html } from "client/view.js";
import { actWords } from "client/words.js";
import { formView } from "../form/view.js";
import { mainRest } from "./main.js";

/**
 * @param {import("./views.js").Scene} scene
 * @returns {import("./views.js").Parts}
 */
export function writeView({ desk }) {
  const arrival = /** @type {import("./arrival.js").Arrival} */ (desk.arrival);
  const form = /** @type {import("../form/form.js").Form} */ (arrival.form);
  return {
    middle: html`<section class="ask question">
        <button type="button" class="button" data-focus @click=${() => arrival.leave()}>${icons.back}${actWords.back.ja}</button>
        <h2><span>お聞きしながら</span>受付カード</h2>
      </section>
      <section class="read written-card">${formView(form, () => void arrival.save())}</section>`,
    foot: desk.sending.pending
      ? mainRest("受付カードを送っています")
      : html`<button type="submit" class="button main" form="visitor-form">カードを保存<small>受付へ進む</small></button>`,
  };
}
