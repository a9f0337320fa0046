/** @file The enrolment page: this browser becomes a device of the fair, by the QR code or the eight letters of an invitation. */

import { ask } from "client/ask.js";
import { CommandError, commandId } from "client/post.js";
import { page } from "client/page.js";
import { html, nothing, render } from "client/view.js";
import { door, faultNote, takeFragment } from "./door.js";
import { otherScreens } from "./other-screens.js";

const root = /** @type {HTMLElement} */ (document.getElementById("enrol"));
const token = takeFragment();

/** The command's id: pressed again after a lost answer, it is the same enrolment. */
const id = commandId();

/** @type {{code: string, sending: boolean, fault: {ja: string, en: string} | null, kind: "handheld" | "screen" | null}} */
const state = { code: "", sending: false, fault: null, kind: null };

async function enrol() {
  if (state.sending) return;
  Object.assign(state, { sending: true, fault: null });
  draw();
  try {
    const { kind } = await ask("/enrol", { token: token || lettersOf(state.code) }, id);
    state.kind = kind;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    state.fault = error.code === "invalid_arguments" ? { ja: "コードは8文字です。", en: "A code has eight letters." } : error;
  }
  state.sending = false;
  draw();
}

/** @param {string} code */
function lettersOf(code) {
  return code.normalize("NFKC").toUpperCase().replace(/[\s-]/g, "");
}

function draw() {
  render(state.kind ? donePage(state.kind) : askingPage(), root);
}

function askingPage() {
  return door({
    title: "端末の登録",
    english: "Enrol this device",
    body: html`
      <section class="card lead">
        <h2>この端末をフェアの端末として登録します</h2>
        <p lang="en">This device becomes one of the fair's</p>
        <p class="hint">登録は進行管理者がいつでも取り消せます。この端末には、登録のしるし以外は何も保存されません。</p>
      </section>
      ${token ? nothing : codeField()} ${faultNote(state.fault)}
    `,
    foot: html`<button type="button" class="button main" aria-disabled=${state.sending} @click=${enrol}>
      登録する<small lang="en">Enrol</small>
    </button>`,
  });
}

function codeField() {
  return html`<form class="card fields" @submit=${submit}>
    <label class="field">端末登録コード（8文字） <span lang="en">Code of eight letters</span>
      <input class="code-input" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="12"
        @input=${(/** @type {InputEvent} */ event) => (state.code = /** @type {HTMLInputElement} */ (event.target).value)} />
    </label>
  </form>`;
}

/** @param {SubmitEvent} event */
function submit(event) {
  event.preventDefault();
  void enrol();
}

/** @param {"handheld" | "screen"} kind */
function donePage(kind) {
  const screen = kind === "screen";
  return door({
    title: "端末の登録",
    english: "Enrolled",
    body: html`<section class="card lead" role="status">
      <h2>登録しました</h2>
      <p lang="en">This device is enrolled</p>
    </section>${screen ? otherScreens() : nothing}`,
    foot: screen
      ? html`<a class="button main" href="${page.base}/calls">呼出画面を開く<small lang="en">Open the calls screen</small></a>`
      : html`<a class="button main" href="${page.base}/sign-in">サインインへ<small lang="en">Go on to sign in</small></a>`,
  });
}

draw();
