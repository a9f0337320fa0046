/** @file The wishes ①, ②, ③ of a reservation: first the queue, then one of its times, each with the places that are left. */

import { formatTime } from "client/clock.js";
import { icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { bilingual, describedBy, faultLine, question } from "./label.js";

/** @typedef {import("./form.js").Form} Form */
/** @typedef {import("./wishes.js").Wishes} Wishes */

const MINUTE_MS = 60_000;
const ORDER = ["①", "②", "③", "④", "⑤"];

const CHANGE = { ja: "変える", en: "Change" };
const DROP = { ja: "やめる", en: "Drop" };

/** Why something cannot be pressed. */
const CLOSED = {
  none: { ja: "予約なし", en: "Walk-in only" },
  taken: { ja: "選択済み", en: "Chosen" },
  full: { ja: "満席", en: "Full" },
};

/** @param {Form} form */
export function wishes(form) {
  const { wishes } = form;
  if (!wishes) return nothing;
  return html`<fieldset class="field wishes" data-field="wishes" aria-describedby=${describedBy(form, "wishes", false)}>
    <legend>${question({ ja: "ご希望の相談先と時間", en: "Whom you want to meet, and when" }, true)}</legend>
    <ol>${Array.from({ length: shown(wishes) }, (_, at) => html`<li>${wish(form, wishes, at)}</li>`)}</ol>
    ${wishes.open === null && wishes.more ? html`<button type="button" class="button" @click=${() => form.wish((all) => all.begin(all.made.length))}>
      ${icons.add}<span>${bilingual({ ja: "次の希望を追加", en: "Add another wish" })}</span></button>` : nothing}
    ${faultLine(form, "wishes")}
  </fieldset>`;
}

/** The wishes made, and the one that is being made. @param {Wishes} wishes */
function shown(wishes) {
  return Math.max(wishes.made.length, wishes.open === null ? 0 : wishes.open + 1);
}

/** @param {Form} form @param {Wishes} wishes @param {number} at */
function wish(form, wishes, at) {
  if (wishes.open !== at) return madeWish(form, wishes, at);
  return wishes.queue === null ? chooseQueue(form, wishes, at) : chooseSlot(form, wishes, at, wishes.queue);
}

/** @param {Form} form @param {Wishes} wishes @param {number} at */
function madeWish(form, wishes, at) {
  const { queue, slot } = wishes.made[at];
  return html`<div class="wish-made">
    <span class="wish-order">${ORDER[at]}</span>
    <span class="wish-what"><strong>${name(form, queue)}</strong><span>${span(form, slot)}</span></span>
    <button type="button" class="button" aria-label=${`${ORDER[at]} ${name(form, queue)}を変える Change`} @click=${() => form.wish((all) => all.begin(at))}>${bilingual(CHANGE)}</button>
    <button type="button" class="button" aria-label=${`${ORDER[at]} ${name(form, queue)}をやめる Drop`} @click=${() => form.wish((all) => all.drop(at))}>${bilingual(DROP)}</button>
  </div>`;
}

/** @param {Form} form @param {Wishes} wishes @param {number} at */
function chooseQueue(form, wishes, at) {
  return html`<div class="wish-open">
    ${asked(form, wishes, at, { ja: "相談先を選んでください", en: "Choose whom to meet" })}
    <div class="queue-map">${form.fair.queues.map((queue) => {
      const words = { ja: queue.short, en: queue.english };
      const why = wishes.queueClosed(queue.id);
      if (why) return closed(words, CLOSED[why]);
      return html`<button type="button" class="button" @click=${() => form.wish((all) => all.chooseQueue(queue.id))}>${bilingual(words)}</button>`;
    })}</div>
  </div>`;
}

/** @param {Form} form @param {Wishes} wishes @param {number} at @param {string} queue */
function chooseSlot(form, wishes, at, queue) {
  return html`<div class="wish-open">
    ${asked(form, wishes, at, { ja: `${name(form, queue)}の時間を選んでください`, en: "Choose a time" })}
    <div class="slot-grid">${wishes.reservation.slots.map((slot) => {
      const words = { ja: formatTime(slot, form.fair.timezone), en: "" };
      const why = wishes.slotClosed(queue, slot);
      if (why) return closed(words, CLOSED[why]);
      const left = wishes.left(queue, slot);
      return html`<button type="button" class="button" @click=${() => form.wish((all) => all.chooseSlot(slot))}>
        <span class="ja">${words.ja}</span>${left === null ? nothing : html`<span>残り${left}組</span><span class="en" lang="en">${left} left</span>`}</button>`;
    })}</div>
    <button type="button" class="button" @click=${() => form.wish((all) => all.otherQueue())}>
      ${icons.back}<span>${bilingual({ ja: "相談先を選び直す", en: "Choose another" })}</span></button>
  </div>`;
}

/** Which wish it is, what is asked, and the way out where one is made already. @param {Form} form @param {Wishes} wishes @param {number} at @param {{ja: string, en: string}} words */
function asked(form, wishes, at, words) {
  return html`<p class="wish-asked"><span class="wish-order">${ORDER[at]}</span><span>${bilingual(words)}</span>
    ${wishes.made.length > 0 ? html`<button type="button" class="button" @click=${() => form.wish((all) => all.leave())}>${bilingual(DROP)}</button>` : nothing}</p>`;
}

/** It keeps its place and cannot be pressed, so it is square. @param {{ja: string, en: string}} words @param {{ja: string, en: string}} why */
function closed(words, why) {
  return html`<div class="closed"><span class="ja">${words.ja}</span><span>${why.ja}</span><span class="en" lang="en">${why.en}</span></div>`;
}

/** @param {Form} form @param {string} id */
function name(form, id) {
  return form.fair.queues.find((queue) => queue.id === id)?.name ?? id;
}

/** A slot from its start to its end: 10:30–11:00. @param {Form} form @param {number} slot */
function span(form, slot) {
  const length = (form.fair.reservation?.slot_min ?? 0) * MINUTE_MS;
  return `${formatTime(slot, form.fair.timezone)}–${formatTime(slot + length, form.fair.timezone)}`;
}
