/** @file The devices' page: the list, and inviting a new one by QR code or by eight letters. */

import { formatTime } from "client/clock.js";
import { repeat } from "client/directives.js";
import { icons } from "client/icons.js";
import { fair, page } from "client/page.js";
import { html, nothing } from "client/view.js";
import { faultNote } from "../door.js";
import { qrCode } from "../qr-code.js";
import { twiceButton } from "../twice.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./desk.js").Device} Device */
/** @typedef {import("../twice.js").Twice} Twice */

const KINDS = Object.freeze({
  handheld: { ja: "操作する端末", en: "Handheld", hint: "受付・ブース・誘導。使う人が名札でサインインします。" },
  screen: { ja: "表示だけの画面", en: "Screen", hint: "会場のモニター。サインインは要りません。" },
});

/** @param {Desk} desk @param {Twice} twice */
export function devicesPage(desk, twice) {
  return html`
    <header class="header">
      <a class="button plain" href="${page.base}/" aria-label="はじめのページ">${icons.back}</a>
      <h1 class="header-title">端末<span class="header-detail" lang="en">Devices</span></h1>
      <span class="header-fair">${fair.name}</span>
    </header>
    <main class="middle devices">
      <section class="invite">${desk.invitation ? openInvitation(desk, desk.invitation) : inviteForm(desk)}</section>
      <section class="device-list">${deviceList(desk, twice)}</section>
    </main>
  `;
}

/** @param {Desk} desk */
function inviteForm(desk) {
  const invite = (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    void desk.invite();
  };
  return html`<form class="card fields" @submit=${invite}>
    <h2>端末を登録する <span class="quiet" lang="en">Enrol a device</span></h2>
    <div class="choices">
      ${Object.entries(KINDS).map(
        ([kind, words]) => html`<button type="button" class="button" aria-pressed=${desk.kind === kind} @click=${() => desk.choose(/** @type {"handheld" | "screen"} */ (kind))}>
          ${desk.kind === kind ? icons.done : nothing}${words.ja}<span lang="en">${words.en}</span>
        </button>`,
      )}
    </div>
    <p class="hint">${KINDS[desk.kind].hint}</p>
    <label class="field">置き場所の名前（例 受付1） <span lang="en">Where it stands; no person's name</span>
      <input name="label" maxlength="20" autocomplete="off" .value=${desk.label}
        @input=${(/** @type {InputEvent} */ event) => (desk.label = /** @type {HTMLInputElement} */ (event.target).value)} />
    </label>
    ${faultNote(desk.fault)}
    <button type="submit" class="button main" aria-disabled=${desk.busy}>QRコードを出す<small lang="en">Show the code</small></button>
  </form>`;
}

/** @param {Desk} desk @param {import("./desk.js").Invitation} invitation */
function openInvitation(desk, { url, code, until }) {
  const used = desk.devices?.some(({ at, label, revoked }) => label === desk.label && at > until - 600_000 && !revoked);
  return html`<div class="badge-card">
    <h2>${desk.label}</h2>
    ${used
      ? html`<p class="used" role="status">${icons.done} 登録されました <span lang="en">Enrolled</span></p>`
      : html`${qrCode(url, "端末登録のQRコード")}
          <p>登録する端末のカメラで読み取るか、<b>${new URL(url).host}${new URL(url).pathname}</b> を開いてこのコードを入れてください。</p>
          <p class="code">${code.slice(0, 4)} ${code.slice(4)}</p>
          <p class="quiet">1回だけ・${formatTime(until, fair.timezone)}まで <span lang="en">Once, until then</span></p>`}
    <button type="button" class="button wide" @click=${() => desk.close()}>${used ? "次の端末を登録する" : "閉じる"}</button>
  </div>`;
}

/** @param {Desk} desk @param {Twice} twice */
function deviceList(desk, twice) {
  const devices = desk.devices ?? [];
  const inUse = devices.filter(({ revoked }) => !revoked);
  return html`
    <div class="list-head"><h2>${desk.devices ? html`${inUse.length}台` : "読み込み中"} <span class="quiet" lang="en">in use</span></h2></div>
    <div class="members">${repeat([...inUse, ...devices.filter(({ revoked }) => revoked)], ({ id }) => id, (device) => row(desk, device, twice))}</div>
  `;
}

/** @param {Desk} desk @param {Device} device @param {Twice} twice */
function row(desk, device, twice) {
  return html`<article class="device-row ${device.revoked ? "gone" : ""}">
    <h3>${device.label}${device.here ? html` <span class="quiet">この端末</span>` : nothing}</h3>
    <p class="quiet">${KINDS[device.kind].ja}・${dayAndTime(device.at)} 登録（${device.by}）</p>
    <p class="quiet">${device.revoked ? html`${icons.cancelled} 失効` : device.seen ? html`最終通信 ${dayAndTime(device.seen)}` : "通信なし"}</p>
    ${device.revoked
      ? nothing
      : twiceButton({
          twice,
          key: device.id,
          words: "失効させる",
          again: "もう一度押すと失効",
          act: () => void desk.revoke(device.id),
        })}
  </article>`;
}

/** @param {number} ms */
function dayAndTime(ms) {
  const day = new Intl.DateTimeFormat("ja-JP", { month: "numeric", day: "numeric", timeZone: fair.timezone }).format(ms);
  return `${day} ${formatTime(ms, fair.timezone)}`;
}
