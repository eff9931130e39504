/** Differences below this are noise: the header that tells them counts whole seconds. */
const NOTICEABLE_MS = 2_000;

/**
 * The server's time as far as this page can tell, so that a device whose clock is wrong still shows true ages.
 */
export class ServerClock {
  #aheadMs = 0;

  /**
   * Learns from the `Date` header of an answer.
   * @param {string | null} date
   * @param {number} now Unix milliseconds when the answer came
   */
  learn(date, now = Date.now()) {
    const server = Date.parse(date ?? '');
    const ahead = server + 500 - now;
    this.#aheadMs = Math.abs(ahead) > NOTICEABLE_MS ? ahead : 0;
  }

  /**
   * Learns from a price just received: none comes from the future.
   * @param {number} publishedAt Unix milliseconds
   * @param {number} now Unix milliseconds
   */
  observe(publishedAt, now = Date.now()) {
    this.#aheadMs = Math.max(this.#aheadMs, publishedAt - now);
  }

  /**
   * @param {number} publishedAt Unix milliseconds; 0 for never
   * @param {number} now Unix milliseconds
   * @returns {number} milliseconds since then; -1 for never
   */
  ageOf(publishedAt, now = Date.now()) {
    return publishedAt > 0 ? Math.max(0, now + this.#aheadMs - publishedAt) : -1;
  }
}
