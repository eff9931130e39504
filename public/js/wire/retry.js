import { backoff } from './backoff.js';

/** A connection that lived so long was a good one: the next loss starts again at the shortest wait. */
const STABLE_MS = 10_000;

/**
 * Decides when to connect again after a loss, and waits for it.
 */
export class Retry {
  #platform;
  #open;
  #attempt = 0;
  /** When the connection became live; null where there is none. */
  #liveSince = /** @type {number | null} */ (null);
  #timer = 0;
  #notBefore = 0;

  /**
   * @param {import('./platform.js').Platform} platform
   * @param {() => void} open makes the next attempt
   */
  constructor(platform, open) {
    this.#platform = platform;
    this.#open = open;
  }

  /** Whether it waits, and an attempt now would not be too early for the server. */
  get mayHurry() {
    return this.#timer !== 0 && this.#platform.now() >= this.#notBefore;
  }

  /** Forgets what was before: the next wait is the shortest. */
  reset() {
    this.cancel();
    this.#attempt = 0;
    this.#liveSince = null;
  }

  /** The connection is live. */
  succeeded() {
    this.#liveSince = this.#platform.now();
  }

  /**
   * Waits, then makes an attempt.
   * @param {import('./endings.js').Ending} ending of the connection, or of the attempt
   * @returns {number} the wait in milliseconds
   */
  schedule({ afterMs = 0, atOnce = false }) {
    const wasStable = this.#liveSince !== null && this.#platform.now() - this.#liveSince >= STABLE_MS;
    this.#liveSince = null;
    if (wasStable) {
      this.#attempt = 0;
    }
    const wait = atOnce && wasStable ? 0 : afterMs + backoff(this.#attempt++, this.#platform.random);
    this.#notBefore = this.#platform.now() + afterMs;
    this.#timer = this.#platform.setTimeout(this.#open, wait);
    return wait;
  }

  /** Waits no longer. */
  cancel() {
    this.#platform.clearTimeout(this.#timer);
    this.#timer = 0;
  }
}
