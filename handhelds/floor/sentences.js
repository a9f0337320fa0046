/** @file Sentences that are ready to be announced, in Japanese and English. The server takes 60 and 120 characters. */

/** @typedef {{ja: string, en: string, minutes: number|null}} Sentence minutes: how long it stands; null until it is ended */

export const JA_MAX = 60;
export const EN_MAX = 120;

/**
 * Sentences for the three steps of the end.
 *
 * @param {string} ends when talks end, "17:00"
 * @returns {{warn: Sentence, fit_only: Sentence, stop: Sentence}}
 */
export function closingSentences(ends) {
  return {
    warn: {
      ja: `フェアは${ends}に終わります。相談がまだの方は、お早めに受付へお越しください`,
      en: `The fair ends at ${ends}. If you have not had your consultation yet, please come to reception soon.`,
      minutes: 15,
    },
    fit_only: {
      ja: `これからの発券は、${ends}までに終わる相談先だけです。受付でご案内します`,
      en: `From now on, tickets are only for booths that can finish by ${ends}. Reception will help you.`,
      minutes: 15,
    },
    stop: {
      ja: "発券を終えました。番号札をお持ちの方は、受付へお声がけください",
      en: "No more tickets today. If you hold a number, please speak to reception.",
      minutes: 30,
    },
  };
}

/**
 * Every sentence that is ready, those of the end last.
 *
 * @param {string} ends when talks end, "17:00"
 * @returns {Sentence[]}
 */
export function readySentences(ends) {
  return [
    {
      ja: "混み合っています。待たずに相談できるブースを、案内画面でご覧ください",
      en: "It is busy. Please see the guide screen for booths where you need not wait.",
      minutes: 15,
    },
    {
      ja: "お待ちの席がいっぱいです。順番は、呼出画面かお手元の画面でわかります",
      en: "The waiting seats are full. Follow your turn on the calls screen or on your phone.",
      minutes: 15,
    },
    {
      ja: "不在で保留になった方は、受付へお声がけください。順番はそのままです",
      en: "If you missed your call, please speak to reception. Your place is kept.",
      minutes: 15,
    },
    {
      ja: "画面が止まったときは、受付の係員にお尋ねください",
      en: "If a screen stops, please ask at reception.",
      minutes: 15,
    },
    ...Object.values(closingSentences(ends)),
  ];
}
