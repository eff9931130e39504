/** The largest rate at which NTP adjusts a clock. */
const LARGEST_DRIFT = 0.0005;

/** After so long without a message, a step of a clock would not be noticed: the estimate begins anew. */
const SILENCE_MS = 5_000;

/**
 * An estimate of the server's time, so that ages are right even if the clock of this device is wrong or adjusted. Uses
 * only the monotonic clock and messages of the WebSocket, because HTTP headers may come from a proxy.
 */
export class ServerClock {
  /** How far the server's clock is ahead of the monotonic one, in milliseconds. The fastest message gives the best estimate. */
  #aheadMs = -Infinity;
  #observedAt = 0;
  #newest = -Infinity;

  /** A new connection may lead to a server with another clock. The estimate remains until its first message. */
  renew() {
    this.#newest = Infinity;
  }

  /**
   * Updates the estimate from a message that was just received.
   * @param {number} publishedAt Unix milliseconds by the server's clock
   * @param {number} now milliseconds of the monotonic clock
   */
  observe(publishedAt, now = performance.now()) {
    // Messages arrive in order, so one that seems older than the previous one means that the server's clock was set back.
    const isSame = publishedAt >= this.#newest && now - this.#observedAt < SILENCE_MS;
    const aheadMs = publishedAt - now;
    this.#aheadMs = isSame ? Math.max(aheadMs, this.#aheadMs - (now - this.#observedAt) * LARGEST_DRIFT) : aheadMs;
    this.#observedAt = now;
    this.#newest = publishedAt;
  }

  /**
   * @param {number} publishedAt Unix milliseconds by the server's clock; 0 for never
   * @param {number} now milliseconds of the monotonic clock
   * @returns {number} milliseconds since then; -1 for never
   */
  ageOf(publishedAt, now = performance.now()) {
    return publishedAt > 0 ? Math.max(0, now + this.#aheadMs - publishedAt) : -1;
  }
}
