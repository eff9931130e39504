/** A clock that is being corrected goes wrong by this much of the time at most, as NTP does it. */
const LARGEST_DRIFT = 0.0005;

/**
 * The server's time as far as this page can tell, so that a device whose clock is wrong, or is set meanwhile, still shows
 * true ages. It rests on this device's monotonic clock and on what comes through the socket: times in HTTP headers may be
 * a proxy's.
 */
export class ServerClock {
  /** How far the server's clock is ahead of the monotonic one, in milliseconds: what came fastest tells it best. */
  #aheadMs = -Infinity;
  #observedAt = 0;
  #newest = -Infinity;

  /** A new connection may lead to a server with another clock. What is known stays until it has spoken. */
  renew() {
    this.#newest = Infinity;
  }

  /**
   * Learns from a message just received: none comes from the future.
   * @param {number} publishedAt Unix milliseconds by the server's clock
   * @param {number} now milliseconds of the monotonic clock
   */
  observe(publishedAt, now = performance.now()) {
    // Messages come in order: one that seems older than the one before tells that the server's clock was set back.
    const isSame = publishedAt >= this.#newest;
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
