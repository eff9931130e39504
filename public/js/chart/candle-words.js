import { formatDifference, formatPercent, formatPrice } from '../format/format.js';
import { compare, decimalsOf, plainOf } from '../wire/decimal.js';

/**
 * What is said about a candle, with all the digits that came. Pure.
 *
 * @typedef {import('./series.js').Candle} Candle
 */

/**
 * @typedef {object} CandleWords
 * @property {string} open
 * @property {string} high
 * @property {string} low
 * @property {string} close
 * @property {string} volume
 * @property {string} change from open to close, for example `+12.50 (+0.03 %)`
 * @property {'down' | 'level' | 'up'} direction
 */

/** A number has no more digits that are right. */
const MOST_DIGITS = 15;

/** @type {readonly ['down', 'level', 'up']} the names of the comparisons -1, 0 and 1 */
const DIRECTIONS = ['down', 'level', 'up'];

/**
 * @param {Candle} candle
 * @param {number} decimals of the symbol's prices
 * @returns {CandleWords}
 */
export function wordsOf({ open, high, low, close, volume }, decimals) {
  const percent = formatPercent(open, close);
  return {
    open: formatPrice(open, decimals),
    high: formatPrice(high, decimals),
    low: formatPrice(low, decimals),
    close: formatPrice(close, decimals),
    volume: formatPrice(volume),
    change: formatDifference(open, close, decimals) + (percent === '' ? '' : ` (${percent})`),
    direction: DIRECTIONS[compare(close, open) + 1],
  };
}

/**
 * @param {number} openTime Unix seconds
 * @param {number} seconds of the interval
 * @returns {string} for example `2026-03-01 12:05`, with seconds or without a time of day as the interval needs it; UTC
 */
export function timeOf(openTime, seconds) {
  const text = new Date(openTime * 1_000).toISOString().replace('T', ' ');
  return text.slice(0, seconds < 60 ? 19 : seconds < 86_400 ? 16 : 10);
}

/**
 * The chart for those who do not see it.
 * @param {{ symbol: string, interval: import('./intervals.js').Interval, candle: Candle | undefined, decimals: number }} shown with the newest candle
 * @returns {string}
 */
export function summaryOf({ symbol, interval, candle, decimals }) {
  const about = `Chart of ${symbol}, ${interval.words} a bar`;
  return candle === undefined ? about : `${about}. Newest close ${formatPrice(candle.close, decimals)}, from ${timeOf(candle.openTime, interval.seconds)} UTC`;
}

/**
 * A candle as it is read aloud.
 * @param {Candle} candle
 * @param {number} seconds of the interval
 * @param {number} decimals of the symbol's prices
 * @returns {string}
 */
export function sentenceOf(candle, seconds, decimals) {
  const { open, high, low, close, volume } = wordsOf(candle, decimals);
  return `${timeOf(candle.openTime, seconds)} UTC: close ${close}, open ${open}, high ${high}, low ${low}, volume ${volume}`;
}

/**
 * @param {Iterable<Candle>} candles
 * @returns {number} the largest number of decimals of their prices
 */
export function decimalsIn(candles) {
  let decimals = 0;
  for (const { open, high, low, close } of candles) {
    decimals = Math.max(decimals, decimalsOf(open), decimalsOf(high), decimalsOf(low), decimalsOf(close));
  }
  return decimals;
}

/**
 * A price on the axis, which the chart has only as a number.
 * @param {number} price
 * @param {number} decimals zeros stand for those that the number does not hold
 * @returns {string}
 */
export function axisTextOf(price, decimals) {
  const whole = Math.trunc(Math.abs(price)).toString().length;
  return formatPrice(plainOf(price.toFixed(Math.max(0, Math.min(decimals, MOST_DIGITS - whole)))) ?? '0', decimals);
}
