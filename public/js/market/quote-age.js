/** The time of a price has whole seconds: one that seems a second old may be new. */
const COARSE_MS = 1_000;

/**
 * How old a price is: since it came, or longer if it was old when it came, as the first one after a reload may be.
 * @param {import('../wire/market.js').Quote} quote
 * @param {number} now milliseconds of the monotonic clock
 * @param {{ ageOf(at: number, now: number): number }} clock the server's, for Unix milliseconds; negative where it is not known
 * @returns {number} milliseconds
 */
export function quoteAge({ receivedAt, timestamp }, now, clock) {
  return Math.max(0, now - receivedAt, clock.ageOf(timestamp * 1_000, now) - COARSE_MS);
}
