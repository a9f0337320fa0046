/**
 * The chime: two falling tones, made by the browser itself, so nothing has to be loaded.
 *
 * Browsers keep quiet until somebody has touched the page, unless a kiosk's start flag allows sound at once.
 *
 * @module
 */

/** The two tones: a fall of a major third, where old ears and a full hall still hear well. Hz. */
const TONES_HZ = [988, 784];
/** What gives each tone its body: a share of the octave above. Nothing above 2.5 kHz. */
const OCTAVE = 0.25;
/** From one tone to the next, s. */
const STEP_S = 0.42;
/** How long a tone takes to die away, s. */
const DECAY_S = 1.1;
/** How loud, of 1: two chimes that meet still do not clip. */
const VOLUME = 0.4;

/** What rings. */
export class Chime {
  #context = new AudioContext();

  /** @param {() => void} onChange called when the browser begins or ceases to allow sound */
  constructor(onChange) {
    this.#context.addEventListener("statechange", onChange);
    const allow = () => void this.allow();
    document.addEventListener("pointerdown", allow);
    document.addEventListener("keydown", allow);
  }

  /** Asks the browser for sound: it grants it while somebody touches the page. @returns {Promise<void>} when it has */
  allow() {
    return this.#context.resume();
  }

  /** Whether the browser lets the page be heard. */
  get audible() {
    return this.#context.state === "running";
  }

  /** Rings now; not at all where nobody would hear it: a chime that comes late calls nobody. */
  ring() {
    if (!this.audible) return;
    for (const [i, hz] of TONES_HZ.entries()) {
      const at = this.#context.currentTime + i * STEP_S;
      this.#tone(hz, VOLUME, at);
      this.#tone(2 * hz, VOLUME * OCTAVE, at);
    }
  }

  /** @param {number} hz @param {number} volume @param {number} at s, on the context's clock */
  #tone(hz, volume, at) {
    const tone = new OscillatorNode(this.#context, { frequency: hz });
    const level = new GainNode(this.#context, { gain: 0 });
    level.gain.setValueAtTime(0, at).linearRampToValueAtTime(volume, at + 0.01);
    level.gain.exponentialRampToValueAtTime(0.001, at + DECAY_S);
    tone.connect(level).connect(this.#context.destination);
    tone.start(at);
    tone.stop(at + DECAY_S);
  }
}
