/**
 * The delay before the next attempt. Pure, except for the random source, which can be passed.
 */

/** The first upper bound, in milliseconds. */
const FIRST_MS = 250;

/** The last upper bound, in milliseconds. */
const LONGEST_MS = 15_000;

/**
 * Full jitter: a random delay up to a bound that doubles, so that the clients of a dead gateway do not all return at
 * once.
 * @param {number} attempt 0 for the first
 * @param {() => number} [random] in [0, 1)
 * @returns {number} milliseconds in [0, LONGEST_MS)
 */
export function backoff(attempt, random = Math.random) {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
}
