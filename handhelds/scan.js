/**
 * @file Reading a code: by this device's camera where the browser allows one, or by a hand scanner that types.
 *
 * Browsers give a page the camera over TLS and on the machine itself only. In a hall without TLS a phone's own camera app opens
 * the code's address instead, and a hand scanner types it.
 */

/** Whether a page may ask for the camera here. */
export const cameraAllowed = globalThis.isSecureContext && Boolean(globalThis.navigator?.mediaDevices?.getUserMedia);

/** Between two looks at the camera's picture, ms: reading takes a phone 20–60. */
const LOOK_MS = 120;

/** A hand scanner's characters follow each other faster than anybody types, ms. */
const TYPED_MS = 80;

/** What a hand scanner types is at least this long; shorter is somebody leaning on the keyboard. */
const SHORTEST = 8;

/** The longest text of a code that is taken. */
const LONGEST = 300;

/**
 * Looks through the camera until `signal` ends it, and tells every code that comes into sight, each once in a row.
 *
 * @param {HTMLVideoElement} video where the picture is shown
 * @param {(text: string) => void} onText
 * @param {AbortSignal} signal
 * @returns {Promise<void>} when it has ended
 * @throws {DOMException} where there is no camera, or its use was not allowed
 */
export async function watchCamera(video, onText, signal) {
  const { QRCanvas, rearCamera } = await import("qr/dom.js"); // 80 kB that only a camera needs
  const camera = await rearCamera(video);
  const canvas = new QRCanvas({}, { cropToSquare: true });
  let last = "";
  try {
    while (!signal.aborted) {
      const found = await camera.readFrame(canvas);
      if (typeof found === "string" && found !== last && found.length <= LONGEST && !signal.aborted) onText((last = found));
      await pause(LOOK_MS, signal);
    }
  } finally {
    camera.stop();
  }
}

/**
 * Listens to a hand scanner, which types a code and ends it with Enter. What a person types into a field is left alone.
 *
 * @param {(text: string) => void} onText
 * @param {AbortSignal} signal
 */
export function listenToScanner(onText, signal) {
  let typed = "";
  let at = 0;
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
      if (event.timeStamp - at > TYPED_MS) typed = "";
      at = event.timeStamp;
      if (event.key.length === 1 && typed.length < LONGEST) typed += event.key;
      if (event.key !== "Enter" || typed.length < SHORTEST) return;
      event.preventDefault();
      onText(typed);
      typed = "";
    },
    { signal, capture: true },
  );
}

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
