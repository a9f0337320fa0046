/** @file The three languages of a visitor's page: Japanese, plain Japanese and English, each a whole set of sentences. */

/** @typedef {import("client/guide.js").Band} Band */
/** @typedef {import("client/page.js").FairQueue} FairQueue */

/** @typedef {"ja" | "easy" | "en"} Language */

/** From so many minutes on a wait is only said to be longer. */
const LONGEST_MIN = 60;

/**
 * Every sentence of the page. `queue` is a name as `nameOf` gives it.
 *
 * @typedef {typeof JA} Sentences
 */

const JA = {
  title: "順番", yourNumber: "あなたの番号", persons: (/** @type {number} */ n) => `${n}名`,
  ahead: (/** @type {number} */ n) => (n === 0 ? "次の番です" : `前に${n}組`), guess: "目安", now: "すぐ", unknown: "時間は未定です",
  within: (/** @type {number} */ high) => `約${high}分以内`, about: (/** @type {string} */ span) => `約${span}分`, over: (/** @type {number} */ n) => `約${n}分以上`,
  soon: "まもなく", elsewhere: "相談の間、順番はそのままです", away: "順番を保留中",
  awayHelp: "戻られたら「戻りました」を押すか、受付へお声がけください。", back: "戻りました",
  called: "お呼びしています", again: "もう一度お呼びしています", number: "番号", boothBefore: "", boothAfter: "番ブース", to: "〜",
  come: "ブースへお越しください", keep: "ご不在のときは順番を保留します",
  online: "オンラインの相談", onlineHelp: "ブースの画面で話します。会場の係がご案内します。", join: "自分の端末で話す",
  talking: "相談中", talkingAt: (/** @type {number} */ n, /** @type {string} */ queue) => `${n}番ブース ${queue}`,
  offer: (/** @type {string} */ queue, /** @type {string} */ wait) => `${queue}は、${wait}ご案内できます`,
  offerNow: "いますぐ", offerIn: (/** @type {string} */ wait) => `${wait}で`,
  offerKeeps: (/** @type {string} */ queue) => `${queue}の順番はそのままです`,
  add: (/** @type {string} */ to) => `${to}にも並ぶ`, move: (/** @type {string} */ to, /** @type {string} */ from) => `${to}へ移り、${from}をやめる`,
  stay: "このまま待つ", notNow: "あとで", booths: (/** @type {string} */ n) => `${n}番ブース`,
  giveUp: "順番を取り消す", giveUpAgain: (/** @type {string} */ queue) => `もう一度押すと、${queue}を取り消します`, keepPlace: "取り消さない",
  stamps: "相談が終わった所", none: "並んでいる相談先はありません。受付で、次の相談先をお選びください。",
  unserved: (/** @type {string} */ queue) => `${queue}は、終了時刻までにお呼びできませんでした。申し訳ございません。受付へお声がけください。`,
  lapsed: (/** @type {string} */ queue) => `${queue}は、お呼びしてもいらっしゃらなかったため取り消しました。受付へお声がけください。`,
  soundOff: "呼び出しを音で知らせる", soundOn: "呼び出しのとき、音が出ます", leaveOpen: "この画面を開いたままお待ちください",
  stale: "更新停止中", staleSince: (/** @type {string} */ time) => `${time}現在の表示です。つながりしだい新しくなります。会場の画面もご覧ください。`,
  loading: "順番を調べています", sending: "送信待ち", gone: "この番号は見つかりません。受付へお声がけください。", language: "ことば",
};

/** @type {Sentences} */
const EASY = {
  ...JA,
  title: "じゅんばん", yourNumber: "あなたの 番号（ばんごう）", persons: (n) => `${n}人`,
  ahead: (n) => (n === 0 ? "次（つぎ）は あなたです" : `前に ${n}組（くみ）います`), now: "すぐ", unknown: "時間は まだ わかりません",
  within: (high) => `${high}分より 短い（みじかい）時間`, about: (span) => `だいたい ${span}分`, over: (n) => `${n}分より 長い（ながい）時間`,
  guess: "だいたいの 時間",
  soon: "もうすぐ", elsewhere: "今（いま）話しているので、あとで 呼びます", away: "休んでいます",
  awayHelp: "もどったら「もどりました」を押してください。受付（うけつけ）の人に 話しても いいです。", back: "もどりました",
  called: "あなたの 番です", again: "もう一度 呼んでいます", number: "番号（ばんごう）",
  come: "ブースに 来てください", keep: "来られないときは、あとで また呼びます",
  online: "画面（がめん）で 話します", onlineHelp: "ブースの 画面で 話します。係（かかり）の人が 手伝います。", join: "自分の スマホで 話す",
  talking: "今（いま）話しています",
  offer: (queue, wait) => `${queue}は、${wait} 話せます`, offerNow: "今すぐ", offerIn: (wait) => `${wait}で`,
  offerKeeps: (queue) => `${queue}の 順番は かわりません`,
  add: (to) => `${to}にも 並ぶ（ならぶ）`, move: (to, from) => `${to}に 行く。${from}は やめる`, stay: "このまま 待つ（まつ）", notNow: "あとで 決める",
  giveUp: "やめる", giveUpAgain: (queue) => `もう一度 押すと、${queue}を やめます`, keepPlace: "やめない",
  stamps: "話が 終わった 所（ところ）", none: "今は どこにも 並んでいません。受付（うけつけ）で 聞いてください。",
  unserved: (queue) => `${queue}は、時間が 終わって 呼べませんでした。ごめんなさい。受付（うけつけ）の人に 話してください。`,
  lapsed: (queue) => `${queue}は、呼んでも 来なかったので なくなりました。受付（うけつけ）の人に 話してください。`,
  soundOff: "呼ぶとき 音を 出す", soundOn: "呼ぶとき 音が 出ます", leaveOpen: "この画面を 開いたまま 待ってください",
  stale: "止まっています", staleSince: (time) => `${time}の 情報です。つながると 新しくなります。会場の 画面も 見てください。`,
  loading: "調べています", sending: "送っています", gone: "この番号は ありません。受付（うけつけ）の人に 話してください。",
};

/** @type {Sentences} */
const EN = {
  title: "Your place", yourNumber: "Your number", persons: (n) => (n === 1 ? "1 person" : `${n} persons`),
  ahead: (n) => (n === 0 ? "you are next" : n === 1 ? "1 group ahead" : `${n} groups ahead`), guess: "estimate", now: "no waiting", unknown: "time not known yet",
  within: (high) => `within ${high} min`, about: (span) => `about ${span} min`, over: (n) => `over ${n} min`,
  soon: "Soon", elsewhere: "Your place is kept while you talk", away: "On hold, your place is kept",
  awayHelp: "When you are back, press “I am back” or tell the reception.", back: "I am back",
  called: "It is your turn", again: "Second call", number: "Number", boothBefore: "Booth", boothAfter: "", to: "–",
  come: "Please come to the booth", keep: "If you cannot come now, your place is kept",
  online: "Online consultation", onlineHelp: "You talk by the screen at the booth. Staff will help you.", join: "Talk on my own device",
  talking: "In consultation", talkingAt: (n, queue) => `Booth ${n}, ${queue}`,
  offer: (queue, wait) => `${queue}: ${wait}`, offerNow: "no waiting now", offerIn: (wait) => wait,
  offerKeeps: (queue) => `Your place for ${queue} is kept`,
  add: (to) => `Queue for ${to} too`, move: (to, from) => `Go to ${to}, give up ${from}`, stay: "Wait as I am", notNow: "Not now", booths: (n) => `booth ${n}`,
  giveUp: "Give up this place", giveUpAgain: (queue) => `Press again to give up ${queue}`, keepPlace: "Keep it",
  stamps: "Consultations done", none: "You are in no queue. Ask the reception for the next one.",
  unserved: (queue) => `We are sorry: ${queue} could not see you before the closing. Please ask the reception.`,
  lapsed: (queue) => `${queue} was cancelled because nobody came when called. Please ask the reception.`,
  soundOff: "Sound when I am called", soundOn: "You will hear a sound when called", leaveOpen: "Please keep this page open",
  stale: "Not updating", staleSince: (time) => `As of ${time}. It goes on by itself; please watch the screens in the hall, too.`,
  loading: "Looking for your place", sending: "Sending", gone: "This number is not known. Please ask the reception.", language: "Language",
};

/** @type {Readonly<Record<Language, Sentences>>} */
export const SENTENCES = Object.freeze({ ja: JA, easy: EASY, en: EN });

/** How each language calls itself. @type {Readonly<Record<Language, string>>} */
export const LANGUAGES = Object.freeze({ ja: "日本語", easy: "やさしい日本語", en: "English" });

/**
 * The language to begin with: the one in the address, else the browser's.
 *
 * @param {string} hash "#en"
 * @param {string} browser "ja-JP"
 * @returns {Language}
 */
export function languageOf(hash, browser) {
  const said = hash.slice(1);
  if (said === "ja" || said === "easy" || said === "en") return said;
  return browser.toLowerCase().startsWith("ja") ? "ja" : "en";
}

/**
 * What HTML calls a language.
 *
 * @param {Language} language
 */
export function tagOf(language) {
  return language === "en" ? "en" : "ja";
}

/**
 * A queue's name in a language; plain Japanese reads it out.
 *
 * @param {FairQueue} queue
 * @param {Language} language
 */
export function nameOf(queue, language) {
  if (language === "en") return queue.english;
  return language === "easy" && queue.kana ? `${queue.name}（${queue.kana}）` : queue.name;
}

/**
 * A wait in a language: always a band, never a promise.
 *
 * @param {Band | null} band
 * @param {Sentences} say
 */
export function waitOf(band, say) {
  if (!band) return say.unknown;
  const { low, high } = band;
  if (high <= 5) return say.now;
  if (low >= LONGEST_MIN) return say.over(LONGEST_MIN);
  if (low === 0) return say.within(high);
  return say.about(low === high ? `${low}` : `${low}${say.to}${high}`);
}
