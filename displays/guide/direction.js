/**
 * The way from a screen to a booth: whither one turns, and about how far it is, read off the plan.
 *
 * @module
 */

/** @typedef {import("client/page.js").Area} Area */
/** @typedef {import("client/page.js").FairPlan} FairPlan */

/** Where a screen stands when its address does not say it. */
export const ENTRANCE = "entrance";
/** Distances are said in steps of so many metres. */
const STEP_M = 5;
/** Eighths of a turn, clockwise, by whither one looks on the plan. */
const LOOKS = Object.freeze({ up: 0, right: 2, down: 4, left: 6 });

/**
 * Whither, in words: eighths of a turn, clockwise from straight ahead.
 *
 * @type {readonly {ja: string, en: string}[]}
 */
export const TURNS = Object.freeze([
  { ja: "正面", en: "Straight ahead" },
  { ja: "右前", en: "Ahead to the right" },
  { ja: "右", en: "To the right" },
  { ja: "右うしろ", en: "Behind to the right" },
  { ja: "うしろ", en: "Behind you" },
  { ja: "左うしろ", en: "Behind to the left" },
  { ja: "左", en: "To the left" },
  { ja: "左前", en: "Ahead to the left" },
]);

/**
 * @typedef {object} Way
 * @property {number} eighths of a turn, clockwise from straight ahead: 0 to 7
 * @property {number} metres to the nearest 5, at least 5, as the crow flies
 */

/**
 * The place at which a screen stands.
 *
 * @param {FairPlan} plan
 * @param {string | null} at the id that its address names
 */
export function placeOf(plan, at) {
  const named = plan.places.find(({ id }) => id === at);
  const place = named ?? plan.places.find(({ id }) => id === ENTRANCE);
  if (!place) throw new Error("a plan without its entrance");
  return place;
}

/**
 * The way from a screen to a booth.
 *
 * @param {FairPlan | null} plan
 * @param {string | null} at where the screen stands; one that the plan does not know is the entrance
 * @param {number} booth
 * @returns {Way | null} null: the plan does not tell
 */
export function wayTo(plan, at, booth) {
  const to = plan?.booths[booth];
  if (!plan || !to) return null;
  const place = placeOf(plan, at);
  const [x, y] = [middleX(to) - middleX(place), middleY(to) - middleY(place)];
  const clockwise = Math.atan2(x, -y) / (Math.PI / 4); // eighths from "up" on the plan
  const eighths = (((Math.round(clockwise) - LOOKS[place.looks]) % 8) + 8) % 8;
  return { eighths, metres: Math.max(STEP_M, STEP_M * Math.round(Math.hypot(x, y) / STEP_M)) };
}

/** @param {Area} area */
export function middleX({ x, w }) {
  return x + w / 2;
}

/** @param {Area} area */
export function middleY({ y, h }) {
  return y + h / 2;
}
