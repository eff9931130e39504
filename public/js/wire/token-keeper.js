import { delay } from './platform.js';
import { requestToken } from './token.js';

/** A token is renewed after this part of its life, and up to a tenth later, so that not all pages renew at once. */
const RENEWED_AFTER = 0.75;
const SPREAD = 0.1;

/** The wait after a renewal that did not succeed, and up to as much again. */
const AGAIN_MS = 15_000;

/** The longest wait that a timer can have. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The errors that answer a token (docs/protocol.md, "What the server sends"). */
const REFUSALS = new Set(['invalid_token', 'other_user', 'too_many_requests', 'unavailable', 'forbidden']);

/**
 * Exchanges the key for a token, and the token for a newer one before it ends, while the connection goes on.
 */
export class TokenKeeper {
  #platform;
  #key = '';
  /** @type {{ token: string, dueAt: number, endsAt: number } | null} */
  #held = null;
  /** What was presented to the server and is not answered yet. */
  /** @type {{ token: string, dueAt: number, endsAt: number } | null} */
  #presented = null;
  /** @type {((token: string) => void) | null} */
  #present = null;
  #signal = /** @type {AbortSignal | null} */ (null);

  /** @param {import('./platform.js').Platform} platform */
  constructor(platform) {
    this.#platform = platform;
  }

  /** The API key; another one makes the token be forgotten. */
  get key() {
    return this.#key;
  }

  set key(key) {
    if (key !== this.#key) {
      this.#key = key;
      this.forget();
    }
  }

  /** @returns {string | null} null if there is none that may be valid */
  get token() {
    return this.#held !== null && this.#platform.now() < this.#held.endsAt ? this.#held.token : null;
  }

  /** Makes the next attempt get another token. */
  forget() {
    this.#held = this.#presented = null;
  }

  /**
   * Gets a token if there is none.
   * @param {AbortSignal} signal
   * @returns {Promise<Exclude<import('./token.js').TokenAnswer, { kind: 'issued' }> | null>} why there is none; null if there is one
   */
  async obtain(signal) {
    if (this.token !== null) {
      return null;
    }
    const answer = await requestToken(this.#platform, this.#key, signal);
    if (answer.kind !== 'issued') {
      return answer;
    }
    if (!signal.aborted) {
      this.#held = this.#keep(answer);
    }
    return null;
  }

  /**
   * Renews the token from now on, for as long as the connection lasts.
   * @param {(token: string) => void} present presents a token to the server
   * @param {AbortSignal} signal the connection's
   */
  renewWhile(present, signal) {
    this.#present = present;
    this.#signal = signal;
    this.#presented = null;
    this.#schedule((this.#held?.dueAt ?? Infinity) - this.#platform.now());
  }

  /** The server continues with the token that was presented. */
  accepted() {
    if (this.#presented !== null) {
      this.#held = this.#presented;
      this.#presented = null;
      this.#schedule(this.#held.dueAt - this.#platform.now());
    }
  }

  /**
   * @param {{ code: string, symbols?: string[] }} error of the server
   * @returns {boolean} whether it refuses the token that was presented; the connection goes on with the one that it has
   */
  takes({ code, symbols }) {
    if (this.#presented === null || symbols !== undefined || !REFUSALS.has(code)) {
      return false;
    }
    this.#presented = null;
    this.#schedule(this.#pause());
    return true;
  }

  /** @param {{ token: string, lifetimeMs: number }} answer */
  #keep({ token, lifetimeMs }) {
    const now = this.#platform.now();
    return { token, dueAt: now + lifetimeMs * (RENEWED_AFTER + SPREAD * this.#platform.random()), endsAt: now + lifetimeMs };
  }

  #pause() {
    return AGAIN_MS * (1 + this.#platform.random());
  }

  /** @param {number} ms Infinity for never */
  #schedule(ms) {
    const signal = this.#signal;
    if (signal !== null && !signal.aborted && ms < Infinity) {
      delay(this.#platform, () => this.#due(ms - LONGEST_TIMER_MS, signal), Math.min(Math.max(ms, 0), LONGEST_TIMER_MS), signal);
    }
  }

  /**
   * @param {number} left of a wait that is longer than a timer can have
   * @param {AbortSignal} signal
   */
  #due(left, signal) {
    if (left > 0) {
      this.#schedule(left);
    } else {
      void this.#renew(signal);
    }
  }

  /** @param {AbortSignal} signal */
  async #renew(signal) {
    const answer = await requestToken(this.#platform, this.#key, signal);
    if (signal.aborted) {
      return;
    }
    if (answer.kind === 'issued') {
      this.#presented = this.#keep(answer);
      this.#present?.(answer.token);
    } else if (answer.kind !== 'refused') {
      this.#schedule(answer.afterMs + this.#pause());
    }
    // A refused key ends its tokens too: the server closes the connection, and its reason is told then.
  }
}
