/**
 * How long to wait before the next attempt. Pure but for the random source, which can be given.
 */

/** The first ceiling, in milliseconds. */
export const FIRST_MS = 250;

/** The last ceiling, in milliseconds. */
export const LONGEST_MS = 15_000;

/**
 * Full jitter: anywhere between nothing and a ceiling that doubles, so that the clients of a dead gateway do not all
 * return in the same instant.
 * @param {number} attempt 0 for the first
 * @param {() => number} [random] in [0, 1)
 * @returns {number} milliseconds in [0, LONGEST_MS)
 */
export function backoff(attempt, random = Math.random) {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
}
