/** @file 紙の整理券で受付: what to do by hand while the network is away, in steps a tired person can follow. */

import { icons } from "client/icons.js";
import { formatTime } from "client/clock.js";
import { fair } from "client/page.js";
import { html } from "client/view.js";
import { actWords } from "client/words.js";
import { fetchType } from "client/typeface.js";
import { mainButton } from "./main.js";
import { NAME } from "./queues.js";

/** @typedef {import("./views.js").Scene} Scene */

/** What is done by hand, step by step. */
const WORDS = Object.freeze({
  title: "紙の整理券で受付",
  hand: "紙の整理券を1枚わたします",
  write: "控えに書きます",
  later: "つながったら、控えの順に発券",
  sent: "あとで出る番号を書き足します",
  written: "控えに書きました",
});

/** What there is to know about each step. */
const NOTES = Object.freeze({
  hand: "番号は紙に刷ってある番号です。",
  later: "それまで紙の番号はどの画面にも出ません。出た番号を控えに書き足し、お知らせします。",
  sent: "は送信待ちです。つながると番号が1つ出ます。もう一度発券しないでください。",
});

void fetchType([WORDS, NOTES, "紙の番号お聞きした人数相談先いまの時刻この受付"]);

/**
 * The paper view. It promises nothing: what is on paper is on no screen until somebody enters it.
 *
 * @param {Scene} scene
 * @returns {import("./views.js").Parts}
 */
export function paperView({ desk, now }) {
  const { choice } = desk;
  const queues = [...choice.queues].map((queue) => NAME.get(queue)).join("・");
  return {
    middle: html`<section class="ask question">
        <button type="button" class="button" @click=${() => desk.show("issue")}>${icons.back}${actWords.back.ja}</button>
        <h2>${WORDS.title}</h2>
      </section>
      <section class="read">
        <ol class="steps">
          <li><b>${WORDS.hand}</b>${NOTES.hand}</li>
          <li>
            <b>${WORDS.write}</b>
            <dl>
              <div><dt>番号</dt><dd>紙の番号</dd></div>
              <div><dt>人数</dt><dd>${choice.size === null ? "お聞きした人数" : `${choice.size}名`}</dd></div>
              <div><dt>相談先</dt><dd>${queues || "お聞きした相談先"}</dd></div>
              <div><dt>時刻</dt><dd>${now === null ? "いまの時刻" : formatTime(now, fair.timezone)}</dd></div>
            </dl>
          </li>
          <li>${lastStep(desk)}</li>
        </ol>
      </section>`,
    foot: mainButton(desk, WORDS.written, () => desk.noted()),
  };
}

/**
 * What follows when the network is back. A party that was sent gets its number by itself, and a second one must not be issued.
 *
 * @param {Scene["desk"]} desk
 */
function lastStep(desk) {
  const { pending } = desk.sending;
  if (!pending || !desk.sent) return html`<b>${WORDS.later}</b>${NOTES.later}`;
  return html`<b>${WORDS.sent}</b>この受付（${pending.label}）${NOTES.sent}`;
}
