import { INTERVAL_SECONDS } from '../wire/candle.js';

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
  { name: '1s', seconds: INTERVAL_SECONDS['1s'], words: '1 second' },
  { name: '1m', seconds: INTERVAL_SECONDS['1m'], words: '1 minute' },
  { name: '5m', seconds: INTERVAL_SECONDS['5m'], words: '5 minutes' },
  { name: '15m', seconds: INTERVAL_SECONDS['15m'], words: '15 minutes' },
  { name: '1h', seconds: INTERVAL_SECONDS['1h'], words: '1 hour' },
  { name: '4h', seconds: INTERVAL_SECONDS['4h'], words: '4 hours' },
  { name: '1d', seconds: INTERVAL_SECONDS['1d'], words: '1 day' },
];

const USUAL = INTERVALS[1];

/**
 * @param {string} name
 * @returns {Interval} of this name; one minute if there is none, since anybody may write an address
 */
export function intervalOf(name) {
  return INTERVALS.find((interval) => interval.name === name) ?? USUAL;
}
