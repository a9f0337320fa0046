/** @file The form that adds a member or writes one anew. */

import { icons } from "client/icons.js";
import { fair } from "client/page.js";
import { html, nothing } from "client/view.js";
import { AT_BOOTH, ROLES } from "./words.js";

/** @typedef {import("./register.js").Register} Register */

export const FORM_ID = "member-form";

/** Roles pressed in the form. */
export class Draft {
  /** @param {import("./register.js").Member | null} member */
  constructor(member) {
    /** @type {Set<string>} */
    this.roles = new Set(member?.roles ?? []);
    this.member = member;
  }

  get atBooth() {
    return AT_BOOTH.some((role) => this.roles.has(role));
  }
}

/**
 * @param {Register} register
 * @param {Draft} draft
 * @param {() => void} changed
 */
export function memberForm(register, draft, changed) {
  const { member } = draft;
  return html`<form id=${FORM_ID} class="card fields" @submit=${(/** @type {SubmitEvent} */ event) => submit(event, register, draft)}>
    <label class="field">氏名 <span lang="en">Name</span>
      <input name="person" required maxlength="40" autocomplete="off" .value=${member?.name ?? ""} />
    </label>
    <label class="field">ふりがな <span lang="en">Reading</span>
      <input name="kana" maxlength="40" autocomplete="off" .value=${member?.kana ?? ""} />
    </label>
    <fieldset class="field">
      <legend>役割（いくつでも） <span lang="en">Roles</span></legend>
      <div class="choices">${Object.keys(ROLES).map((role) => roleButton(draft, role, changed))}</div>
    </fieldset>
    ${draft.atBooth
      ? html`<label class="field">ブース番号 <span lang="en">Booth</span>
          <select name="booth">
            ${fair.booths.map(({ number, queue, home }) => html`<option value=${number} ?selected=${member?.booth === number}>${number}番 ${shortOf(queue ?? home)}</option>`)}
          </select>
        </label>`
      : nothing}
    <div class="days">
      <label class="field">有効期間のはじめ <span lang="en">From</span>
        <input type="date" name="first" required .value=${member?.first ?? fair.date} />
      </label>
      <label class="field">おわり <span lang="en">Until</span>
        <input type="date" name="last" required .value=${member?.last ?? fair.date} />
      </label>
    </div>
  </form>`;
}

/** @param {Draft} draft @param {string} role @param {() => void} changed */
function roleButton(draft, role, changed) {
  const chosen = draft.roles.has(role);
  const press = () => {
    if (!draft.roles.delete(role)) draft.roles.add(role);
    changed();
  };
  return html`<button type="button" class="button" aria-pressed=${chosen} @click=${press}>
    ${chosen ? icons.done : nothing}${ROLES[role]?.ja}<span lang="en">${ROLES[role]?.en}</span>
  </button>`;
}

/** @param {string | null} queue */
function shortOf(queue) {
  return fair.queues.find(({ id }) => id === queue)?.short ?? "予備";
}

/** @param {SubmitEvent} event @param {Register} register @param {Draft} draft */
function submit(event, register, draft) {
  event.preventDefault();
  const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
  const text = (/** @type {string} */ name) => String(form.get(name) ?? "");
  void register.write({
    person: text("person"),
    kana: text("kana"),
    roles: [...draft.roles],
    booth: draft.atBooth ? Number(text("booth")) : null,
    first: text("first"),
    last: text("last"),
  });
}
