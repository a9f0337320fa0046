/** @file One member: what is known, the badge, and what can be done. */

import { fair, page } from "client/page.js";
import { html, nothing } from "client/view.js";
import { qrCode } from "../qr-code.js";
import { twiceButton } from "../twice.js";
import { rolesOf, stateOf } from "./list.js";
import { ROLES, validity } from "./words.js";

/** @typedef {import("./register.js").Register} Register */
/** @typedef {import("./register.js").Member} Member */
/** @typedef {{write: boolean, revoke: boolean}} May */

/**
 * @param {Register} register
 * @param {Member} member
 * @param {import("../twice.js").Twice} twice
 * @param {May} may
 */
export function memberPanel(register, member, twice, may) {
  return html`
    <section class="card member-card">
      <p class="member-id">${member.id}</p>
      <h2>${member.name || "（消去済み）"}</h2>
      ${member.kana ? html`<p class="quiet">${member.kana}</p>` : nothing}
      <dl>
        <dt>役割 <span lang="en">Roles</span></dt>
        <dd>${rolesOf(member.roles)}<span class="quiet" lang="en"> ${member.roles.map((role) => ROLES[role]?.en).join(", ")}</span></dd>
        ${member.booth === null ? nothing : html`<dt>ブース <span lang="en">Booth</span></dt><dd>${member.booth}番</dd>`}
        <dt>有効期間 <span lang="en">Valid</span></dt>
        <dd>${validity(member)}</dd>
        <dt>状態 <span lang="en">State</span></dt>
        <dd>${stateOf(member)}</dd>
      </dl>
    </section>
    ${register.badge?.id === member.id ? badgeCard(register.badge, member) : nothing}
    <div class="acts">${acts(register, member, twice, may)}</div>
  `;
}

/** @param {{badge: string}} made @param {Member} member */
function badgeCard({ badge }, member) {
  return html`<section class="badge-card">
    <p>${fair.name}</p>
    <h2>${member.name}</h2>
    <p>${rolesOf(member.roles)}${member.booth === null ? nothing : html` · ${member.booth}番`} · ${member.id}</p>
    ${qrCode(badge, `${member.name}の名札のQRコード`)}
    <p class="hint no-print">今だけ表示されます。本人の端末のカメラで読み取ると、暗証番号を決める画面が開きます。前の名札はもう使えません。</p>
    <button type="button" class="button no-print" @click=${() => window.print()}>この名札を印刷する</button>
  </section>`;
}

/**
 * @param {Register} register
 * @param {Member} member
 * @param {import("../twice.js").Twice} twice
 * @param {May} may
 */
function acts(register, member, twice, may) {
  const { id } = member;
  const self = page.me.id === id;
  return [
    may.write
      ? html`<button type="button" class="button" @click=${() => register.go("write", id)}>内容を変更する</button>`
      : nothing,
    may.write
      ? twiceButton({
          twice,
          key: `badge ${id}`,
          words: member.state === "revoked" || member.state === "no-badge" ? "名札を作る" : "名札を再発行する",
          again: "もう一度押すと前の名札が無効になります",
          act: () => void register.renewBadge(),
        })
      : nothing,
    may.write && member.state === "locked"
      ? html`<button type="button" class="button" @click=${() => register.actOn("unlock", "ロックを解除しました")}>ロックを解除する</button>`
      : nothing,
    may.revoke && !self
      ? html`<button type="button" class="button" @click=${() => register.actOn("sign-out", "すべての端末でサインアウトしました")}>
          すべての端末でサインアウト
        </button>`
      : nothing,
    may.revoke && member.state !== "revoked"
      ? twiceButton({
          twice,
          key: `revoke ${id}`,
          words: "名札を失効させる（紛失時）",
          again: "もう一度押すと失効します",
          act: () => void register.actOn("revoke", "失効しました。開いている画面は15秒以内に閉じます"),
        })
      : nothing,
  ];
}
