/** @file 鍵: what names the keys, and their replacing while the fair runs. */

import { ask, read } from "client/ask.js";
import { html, nothing } from "client/view.js";
import { twiceButton } from "../twice.js";
import { Part, facts, heading, told } from "./part.js";

/** @typedef {{version: number | null, fingerprint: string | null, in_files: boolean, unfinished: boolean, resealed: number, damaged: string[]}} State */

/** The keys. */
export class Keys extends Part {
  /** @type {State | null} */
  state = null;
  resealed = 0;

  load() {
    return this.doing(async () => {
      this.state = await read("/keys");
    });
  }

  /** Asks again until it is finished: the server works for some seconds at a time. */
  rotate() {
    return this.doing(async () => {
      this.resealed = 0;
      do {
        /** @type {State} */
        const state = await ask("/keys/rotate", {});
        this.state = state;
        this.resealed += state.resealed;
        this.changed();
        if (state.damaged.length) return `開けない記録が${state.damaged.length}件あります：${state.damaged.slice(0, 5).join(" ")}`;
      } while (this.state.unfinished);
      return `鍵を更新しました（${this.resealed}件）`;
    });
  }
}

/** @param {Keys} keys @param {import("../twice.js").Twice} twice */
export function keysView(keys, twice) {
  const { state } = keys;
  return html`<section class="wide">${told(keys)}
    ${state &&
    html`<div class="card">
      ${heading("個人情報の鍵", "Keys of personal data")}
      ${state.version === null
        ? html`<p class="rest">個人情報は消去され、鍵はありません <span lang="en">Destroyed: there is no key any more</span></p>`
        : html`${facts([
              ["データ鍵の版", "Data key", `第${state.version}版`],
              ["包む鍵の指紋", "Wrapping key", html`<span class="chain">${state.fingerprint}</span>`],
              ["鍵のある場所", "Where", state.in_files ? "鍵フォルダーのファイル（YOBIDASHI_KEYS）" : "環境変数（YOBIDASHI_KEY）"],
            ])}
            <p class="hint">新しい鍵を作り、すべての記録を封じ直します。受付は止まりません。ほかのサーバーに鍵の写しがあれば、更新後の鍵に替えてください。</p>
            ${state.in_files ? nothing : html`<p class="hint">環境変数の鍵はこのままです。管理者が取り替えてください。</p>`}
            <div class="acts">
              ${twiceButton({ twice, key: "rotate", words: state.unfinished ? "鍵の更新を続ける" : "鍵を更新する", again: "もう一度押すと更新します", act: () => void keys.rotate() })}
            </div>`}
    </div>`}
  </section>`;
}
