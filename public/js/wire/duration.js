/**
 * Formats durations. Pure.
 */

/**
 * An age in a suitable unit.
 * @param {number} ms negative if there is none yet
 * @returns {string} for example `12 ms`, `1.4 s`, `42 s`, `3 min`, `2 h`
 */
export function formatAge(ms) {
  if (!(ms >= 0)) {
    return '–';
  }
  if (ms < 1_000) {
    return `${Math.floor(ms)} ms`;
  }
  if (ms < 10_000) {
    return `${(Math.floor(ms / 100) / 10).toFixed(1)} s`;
  }
  if (ms < 120_000) {
    return `${Math.floor(ms / 1_000)} s`;
  }
  return ms < 7_200_000 ? `${Math.floor(ms / 60_000)} min` : `${Math.floor(ms / 3_600_000)} h`;
}

/**
 * A duration in whole units, for a sentence.
 * @param {number} ms
 * @returns {string} for example `5 s`, `3 min`, `2 h`
 */
export function formatSpan(ms) {
  return ms < 10_000 ? `${Math.floor(ms / 1_000)} s` : formatAge(ms);
}
