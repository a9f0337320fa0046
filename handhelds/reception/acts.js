/** @file What the reception can do with one ticket, by the state it is in. What is not possible is not shown. */

/** @typedef {"hold"|"restore"|"transfer"|"cancel"} Act */

/** @type {Readonly<Record<string, readonly Act[]>>} ticket state → acts, in the order of the buttons */
export const ACTS = Object.freeze({
  waiting: ["hold", "transfer", "cancel"],
  called: ["hold", "transfer", "cancel"],
  held: ["restore", "transfer", "cancel"],
  absent: ["restore", "transfer", "cancel"],
  cancelled: ["restore"],
  serving: [],
  finished: [],
});

/** Why the reception cancels a ticket, in the order of the buttons. The words are in client/words.js. */
export const REASONS = Object.freeze(["left", "mistake", "other"]);

/**
 * What to do about a refusal, in one short sentence that fits a line of a phone.
 *
 * @param {string} code the refusal's code
 * @returns {string|null} null where the server's own sentence says it already
 */
export function remedy(code) {
  return code in REMEDIES ? /** @type {string|null} */ (REMEDIES[code]) : "もう一度押し、だめなら進行管理者へ。";
}

/** @type {Readonly<Record<string, string|null>>} */
const REMEDIES = Object.freeze({
  issuing_stopped: null,
  party_busy: null,
  command_id_reused: null,
  internal: null,
  already_in_queue: "その相談先を外して、もう一度。",
  too_many_queues: "相談先を減らして、もう一度。",
  wrong_state: "いまの状態を見て、選び直してください。",
  undo_too_late: "番号を探して、直してください。",
  undo_overtaken: "番号を探して、直してください。",
  unknown_event: "番号を探して、直してください。",
  unknown_ticket: "番号を探し直してください。",
  unknown_party: "番号を探し直してください。",
  unknown_queue: "ページを読み込み直してください。",
  invalid_answers: null,
  no_answer: null,
  card_used: null,
  not_inside: null,
  all_inside: null,
  split_too_many: null,
  reservation_cancelled: "予約なしの方として、カードを記入してください。",
  reservation_arrived: "番号を探してください。",
  card_needed: "受付カードを読み取るか、記入してください。",
  unknown_card: "受付カードを読み取るか、記入し直してください。",
  offer_gone: null,
  novelty_given: null,
  novelty_out: null,
  fair_full: "紙の整理券で受付し、進行管理者へ。",
});
