import { repeat } from './platform.js';

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
  #platform;
  #ping;
  #silent;
  #heardAt;
  /** When an answer became due; null if none is. */
  #askedAt = /** @type {number | null} */ (null);

  /**
   * @param {object} options
   * @param {import('./platform.js').Platform} options.platform
   * @param {() => void} options.ping sends a ping
   * @param {() => void} options.silent called if no answer comes
   * @param {AbortSignal} options.signal ends the heartbeat
   */
  constructor({ platform, ping, silent, signal }) {
    this.#platform = platform;
    this.#heardAt = this.#askedAt = platform.now();
    this.#ping = ping;
    this.#silent = silent;
    repeat(platform, () => this.#look(), LOOK_EVERY_MS, signal);
  }

  /** A message came. */
  heard() {
    this.#heardAt = this.#platform.now();
    this.#askedAt = null;
  }

  /** Sends a ping at once, for example when the device wakes. */
  probe() {
    if (this.#askedAt === null) {
      this.#askedAt = this.#platform.now();
      this.#ping();
    }
  }

  #look() {
    const now = this.#platform.now();
    if (this.#askedAt !== null) {
      if (now - this.#askedAt >= PATIENCE_MS) {
        this.#silent();
      }
    } else if (now - this.#heardAt >= QUIET_MS) {
      this.probe();
    }
  }
}
