/** @typedef {'1s' | '1m' | '5m' | '15m' | '1h' | '4h' | '1d'} IntervalName */

/**
 * The intervals of candles that the chart offers.
 * @typedef {object} Interval
 * @property {IntervalName} name as the server and the address of the page have it
 * @property {number} seconds
 * @property {string} words for people
 */

/** @type {readonly Interval[]} from short to long */
export const INTERVALS = [
  { name: '1s', seconds: 1, words: '1 second' },
  { name: '1m', seconds: 60, words: '1 minute' },
  { name: '5m', seconds: 300, words: '5 minutes' },
  { name: '15m', seconds: 900, words: '15 minutes' },
  { name: '1h', seconds: 3_600, words: '1 hour' },
  { name: '4h', seconds: 14_400, words: '4 hours' },
  { name: '1d', seconds: 86_400, words: '1 day' },
];

const USUAL = INTERVALS[1];

/**
 * @param {string} name
 * @returns {Interval} of this name; one minute if there is none, since anybody may write an address
 */
export function intervalOf(name) {
  return INTERVALS.find((interval) => interval.name === name) ?? USUAL;
}
