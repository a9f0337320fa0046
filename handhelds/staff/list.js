/** @file The register's list: who, as what, where, until when, and in what state. */

import { repeat } from "client/directives.js";
import { iconOf, icons } from "client/icons.js";
import { html, nothing } from "client/view.js";
import { ROLES, STATES, validity } from "./words.js";

/** @typedef {import("./register.js").Register} Register */
/** @typedef {import("./register.js").Member} Member */

/** @param {Register} register @param {boolean} mayPrint */
export function memberList(register, mayPrint) {
  const members = register.members ?? [];
  return html`<ul class="members">
    ${repeat(members, (member) => member.id, (member) => row(register, member, mayPrint))}
  </ul>`;
}

/** @param {Register} register @param {Member} member @param {boolean} mayPrint */
function row(register, member, mayPrint) {
  const { id, name, roles, booth } = member;
  const chosen = register.chosen.has(id);
  return html`<li class="member-row">
    ${mayPrint
      ? html`<button type="button" class="button pick" aria-pressed=${chosen} aria-label="${name}の名札を印刷に選ぶ" @click=${() => register.choose(id)}>
          ${chosen ? icons.done : nothing}
        </button>`
      : nothing}
    <button type="button" class="button member" aria-current=${register.open === id ? "true" : nothing} @click=${() => register.go("member", id)}>
      <span class="member-id">${id}</span>
      <span class="member-name">${name || "（消去済み）"}</span>
      <span class="member-roles">${rolesOf(roles)}${booth === null ? nothing : html` ${booth}番`}</span>
      <span class="member-days">${validity(member)}</span>
      ${stateOf(member)}
    </button>
  </li>`;
}

/** @param {string[]} roles */
export function rolesOf(roles) {
  return roles.map((role) => ROLES[role]?.ja ?? role).join("・");
}

/** @param {Member} member */
export function stateOf({ state }) {
  const word = STATES[state];
  return html`<span class="member-state">${iconOf(word?.icon)} ${word?.ja ?? state}</span>`;
}
