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
 * @property {{largest_party: number, queues_per_party: number, undo_s: number, recall_s: number}} limits
 * @property {{quiet_min: number, crowded_min: number}} crowding
 * @property {FairQueue[]} queues in the order of the map, 6 × 3
 * @property {FairBooth[]} booths
 */

/**
 * @typedef {object} Me
 * @property {"staff" | "screen" | "device" | "public" | "demonstration"} kind
 * @property {string | null} id in the register
 * @property {string[]} roles
 * @property {number | null} booth the own booth of a consultant
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
