/**
 * The two data blocks every page carries: the fair it shows and the addresses it uses.
 *
 * They are parsed once, here; everything else in client/ takes what it needs as an argument.
 *
 * @module
 */

/**
 * @typedef {object} FairQueue
 * @property {string} id
 * @property {string} kind
 * @property {string} name the full name: バスのお仕事相談
 * @property {string} short at most 6 characters, for cells and lists: バスのお仕事
 * @property {string} kana
 * @property {string} english
 * @property {string | null} detail 千歳市・子育て
 * @property {string | null} letter the letter of its own number series
 * @property {string[]} [near] queues of similar interest, where the fair's file names them
 * @property {number} talk_min how long a talk is expected to take, minutes
 */

/**
 * @typedef {object} FairBooth
 * @property {number} number
 * @property {"main" | "spare"} role
 * @property {string | null} queue the queue of a main booth
 * @property {string | null} home the queue a spare belongs to
 * @property {boolean} online
 * @property {number} seats for visitors
 */

/**
 * @typedef {object} FormField one question of the reservation page or of the reception card
 * @property {string} key
 * @property {string} ja
 * @property {string} en
 * @property {"text" | "kana" | "mail" | "phone" | "choice" | "choices" | "queues" | "long" | "yes_no"} kind
 * @property {("reservation" | "card")[]} on
 * @property {("reservation" | "card")[]} required
 * @property {{key: string, ja: string, en: string}[]} options
 * @property {number | null} max characters of a typed answer; null where one taps
 * @property {boolean} brief consultants read it beforehand
 * @property {boolean} contact it stands in the list of names and contacts
 * @property {string | null} hint_ja
 * @property {string | null} hint_en
 * @property {string | null} autocomplete what a browser may fill in
 */

/**
 * @typedef {object} FairConsent
 * @property {string} key
 * @property {string} recipient named in full
 * @property {string} version
 * @property {string} purpose
 * @property {string} ja
 * @property {string} en
 */

/**
 * @typedef {object} FairReservation
 * @property {string} opens first day, "2025-12-15"
 * @property {string} closes last day
 * @property {number} slot_min minutes of a slot
 * @property {number} wishes queues one party can reserve
 * @property {number[]} slots their starts, ms since 1970
 * @property {Record<string, number>} capacity parties for one slot, by queue; 0: takes no reservations
 */

/**
 * @typedef {{x: number, y: number, w: number, h: number}} Area a rectangle on the plan, in metres from its upper left corner
 */

/**
 * @typedef {object} FairPlan the hall seen from above
 * @property {number} width metres
 * @property {number} height
 * @property {(Area & {id: string, ja: string, en: string, looks: "up" | "right" | "down" | "left"})[]} places entrance, reception,
 *   seats and landmarks; `looks`: whither those look who read a screen there
 * @property {Record<string, Area>} booths by number
 */

/**
 * @typedef {object} Fair what everybody may know of the fair (`GET /api/fairs/{fair}`)
 * @property {string} slug
 * @property {string} name
 * @property {string} english
 * @property {string} edition
 * @property {string} date "2026-02-14"
 * @property {string} opens "10:30"
 * @property {string} closes "17:00"
 * @property {string} timezone "Asia/Tokyo"
 * @property {string} venue
 * @property {string[]} languages
 * @property {boolean} demonstration
 * @property {"party" | "queue"} series one number for the whole day, or a lettered number for each queue
 * @property {{largest_party: number, queues_per_party: number, undo_s: number, recall_s: number,
 *   reserved_in_a_row: number, grace_min: number}} limits
 * @property {{quiet_min: number, crowded_min: number}} crowding
 * @property {{from_min: number, to_min: number, margin_min: number, not_within: number, fresh_s: number}} offers
 * @property {FairPlan | null} plan
 * @property {{url: string, type: string} | null} video
 * @property {FairQueue[]} queues in the order of the map, 6 × 3
 * @property {FairBooth[]} booths
 * @property {FairReservation | null} reservation
 * @property {{name: string, english: string, stock: number} | null} novelty
 * @property {{version: string, fields: FormField[]} | null} form
 * @property {FairConsent[]} consents
 * @property {{version: string, ja: string, en: string, contact: string, kept_until: string | null} | null} privacy
 */

/**
 * @typedef {object} Me
 * @property {"staff" | "screen" | "device" | "public" | "demonstration"} kind
 * @property {string | null} id in the register
 * @property {string[]} roles
 * @property {number | null} booth the own booth of a consultant
 */

/**
 * @typedef {object} Watched what the floor manager measures the day by; null: the fair does not say. Times in ms, points of time in the fair's clock
 * @property {number} recall_by_ms a call that was not repeated within this is told
 * @property {number} absent_after_ms from the recall until the party counts as absent
 * @property {number} cancelled_after_ms from absent until the place is given up
 * @property {number} talk_cv spread of a talk's length over its mean
 * @property {number} opens_at
 * @property {number} closes_at
 * @property {{warn: number, fit_only: number, stop: number} | null} closing the three steps of the end
 * @property {number | null} seats for those who wait
 * @property {number | null} goal persons who visit at least one booth
 * @property {{edition: string, persons: number | null, consultations: number | null, online: boolean}[]} history earlier fairs
 */

/**
 * @typedef {object} Page
 * @property {string} api "/api/fairs/{fair}"
 * @property {string} live "/api/fairs/{fair}/live"
 * @property {string} base "" or "/fairs/{fair}": what goes before /reception, /calls, …
 * @property {number | null} booth the booth this page is for
 * @property {string | null} csrf what this page's POSTs must carry; null: nobody is signed in
 * @property {Me} me who opened this page
 * @property {string | null} handheld_url where handhelds in the hall find the server
 * @property {boolean} [tablet] the reception card's form stands on a tablet of the fair, one visitor after another
 * @property {string} [token] of the private page this is
 * @property {string} [asked] where the frames of `live` are asked for while no socket gets through
 * @property {{party: number, api: string}} [visit] of a visitor's page: whose it is, and where its own acts are posted
 * @property {{write: boolean, withdraw: boolean, import: boolean, export: boolean}} [offers] what the page of reservations offers
 * @property {Watched} [floor] of the floor manager's page: what it measures the day by
 * @property {Record<string, string>} [columns] heading of each column of a sheet of reservations
 */

/** The fair this page shows. @type {Fair} */
export const fair = read("fair");

/** The addresses this page uses. @type {Page} */
export const page = read("page");

/**
 * @param {string} block
 * @returns {any}
 */
function read(block) {
  return JSON.parse(document.getElementById(block)?.textContent ?? "null");
}
