/** A connection silent for so long is asked whether it lives. */
const QUIET_MS = 10_000;

/** It has so long to answer; a new one has so long to say its first word. */
const PATIENCE_MS = 8_000;

const LOOK_EVERY_MS = 1_000;

/**
 * Tells a silent market from a dead connection. Browsers slow the timers of hidden pages down, so that only what was
 * heard counts, never how often this looked.
 */
export class Heartbeat {
  #ping;
  #silent;
  #heardAt = performance.now();
  /** When an answer began to be due; null where none is. */
  #askedAt = /** @type {number | null} */ (performance.now());

  /**
   * @param {{ ping: () => void, silent: () => void, signal: AbortSignal }} options
   *   how to ask; what to do when no answer comes; when to end
   */
  constructor({ ping, silent, signal }) {
    this.#ping = ping;
    this.#silent = silent;
    const timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  /** Something came. */
  heard() {
    this.#heardAt = performance.now();
    this.#askedAt = null;
  }

  /** Asks at once, for example when the device wakes. */
  probe() {
    if (this.#askedAt === null) {
      this.#askedAt = performance.now();
      this.#ping();
    }
  }

  #look() {
    const now = performance.now();
    if (this.#askedAt !== null) {
      if (now - this.#askedAt >= PATIENCE_MS) {
        this.#silent();
      }
    } else if (now - this.#heardAt >= QUIET_MS) {
      this.probe();
    }
  }
}
