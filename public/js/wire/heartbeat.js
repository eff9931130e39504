/** After this much silence, a ping is sent. */
const QUIET_MS = 10_000;

/** The time for an answer, and for the first message of a new connection. */
const PATIENCE_MS = 8_000;

const LOOK_EVERY_MS = 1_000;

/**
 * Tells a silent market from a dead connection. Browsers slow down the timers of hidden pages, so only messages count and
 * never the number of checks.
 */
export class Heartbeat {
  #ping;
  #silent;
  #heardAt = performance.now();
  /** When an answer became due; null if none is. */
  #askedAt = /** @type {number | null} */ (performance.now());

  /**
   * @param {{ ping: () => void, silent: () => void, signal: AbortSignal }} options
   *   sends a ping; called if no answer comes; ends the heartbeat
   */
  constructor({ ping, silent, signal }) {
    this.#ping = ping;
    this.#silent = silent;
    const timer = setInterval(() => this.#look(), LOOK_EVERY_MS);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
  }

  /** A message came. */
  heard() {
    this.#heardAt = performance.now();
    this.#askedAt = null;
  }

  /** Sends a ping at once, for example when the device wakes. */
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
