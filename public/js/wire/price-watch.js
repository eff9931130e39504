import { formatSpan } from './duration.js';
import { repeat } from './platform.js';

/** After this long without a new price, the market is reported as still. */
export const STILL_MS = 5_000;

/** The server is asked why: first after a random part of the first time, because all pages notice at once, and then at this interval. */
const ASK_WITHIN_MS = 1_000;
const ASK_EVERY_MS = 5_000;

const LOOK_EVERY_MS = 1_000;

/**
 * Notices when no new prices come over a working connection, and asks the server for the reason.
 */
export class PriceWatch {
  #platform;
  #ask;
  #onStill;
  #signal;
  #since;
  #hasPrice;
  #isStill = false;
  #isAsking = false;
  #askAt = 0;
  /** The server's last answer; undefined before the first. */
  #readiness = /** @type {import('./readiness.js').Readiness | null | undefined} */ (undefined);

  /**
   * @param {object} options
   * @param {import('./platform.js').Platform} options.platform
   * @param {number | null} options.lastPriceAt when the newest price came, by the monotonic clock; null if none has
   * @param {() => Promise<import('./readiness.js').Readiness | null>} options.ask
   * @param {(words: string) => void} options.onStill called each second while no prices come
   * @param {AbortSignal} options.signal ends the watch
   */
  constructor({ platform, lastPriceAt, ask, onStill, signal }) {
    this.#platform = platform;
    // A new connection does not make the market move.
    this.#since = lastPriceAt ?? this.#platform.now();
    this.#hasPrice = lastPriceAt !== null;
    this.#ask = ask;
    this.#onStill = onStill;
    this.#signal = signal;
    repeat(platform, () => this.look(), LOOK_EVERY_MS, signal);
  }

  /** A new price came. */
  moved() {
    this.#since = this.#platform.now();
    this.#hasPrice = true;
    this.#isStill = false;
    this.#readiness = undefined;
  }

  /** Checks at once, for example when the page becomes visible. */
  look() {
    const now = this.#platform.now();
    if (now - this.#since < STILL_MS) {
      return;
    }
    if (!this.#isStill) {
      this.#isStill = true;
      this.#askAt = now + this.#platform.random() * ASK_WITHIN_MS;
    }
    if (now >= this.#askAt && !this.#isAsking) {
      this.#inquire();
    }
    this.#onStill(wordsOf(now - this.#since, this.#hasPrice, this.#readiness));
  }

  async #inquire() {
    this.#isAsking = true;
    const readiness = await this.#ask();
    this.#isAsking = false;
    if (this.#isStill && !this.#signal.aborted) {
      this.#readiness = readiness;
      this.#askAt = this.#platform.now() + ASK_EVERY_MS * (1 + this.#platform.random() / 2);
      this.look();
    }
  }
}

/**
 * @param {number} ms since the newest price
 * @param {boolean} hasPrice whether there was a price
 * @param {import('./readiness.js').Readiness | null | undefined} readiness
 * @returns {string}
 */
function wordsOf(ms, hasPrice, readiness) {
  const silence = `No ${hasPrice ? 'new price' : 'price'} for ${formatSpan(ms)}.`;
  if (!readiness) {
    return silence;
  }
  if (readiness.reasons.length > 0) {
    const reasons = readiness.reasons.map((reason) => (/[.!?]$/.test(reason) ? reason : `${reason}.`));
    return `${silence} The server says: ${reasons.join(' ')}`;
  }
  return readiness.state === 'Healthy' ? `${silence} The server reports no fault.` : `${silence} The server is not ready.`;
}
