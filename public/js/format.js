import { decimalsOf, difference, plainOf } from './decimal.js';

/**
 * Numbers as people read them. Pure: no clock, no page.
 */

const FEWEST_DECIMALS = 2;
const MINUS = '−';

/**
 * A price in full: the digits that were sent, in groups of three, never an exponent, never rounded.
 * @param {string} price a plain decimal
 * @param {number} [decimals] show at least so many, so that the figures of one symbol keep their places
 * @returns {string} for example `42,000.10`
 */
export function formatPrice(price, decimals = FEWEST_DECIMALS) {
  const [whole, fraction = ''] = price.replace('-', '').split('.');
  const sign = price.startsWith('-') && /[1-9]/.test(price) ? MINUS : '';
  const places = Math.max(FEWEST_DECIMALS, decimals);
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction.padEnd(places, '0')}`;
}

/**
 * A difference of two prices, with its sign.
 * @param {string} from a plain decimal
 * @param {string} to another
 * @param {number} decimals
 * @returns {string} for example `+12.50`, `−0.02`, `0.00`
 */
export function formatDifference(from, to, decimals) {
  return withSign(difference(from, to), (size) => formatPrice(size, decimals));
}

/**
 * A change as a share of where it began.
 * @param {string} from a plain decimal
 * @param {string} to another
 * @returns {string} for example `+0.42 %`; empty where there is no share of nothing
 */
export function formatPercent(from, to) {
  const share = plainOf(((Number(to) / Number(from) - 1) * 100).toFixed(2));
  return share === null || !(Number(from) > 0) ? '' : withSign(share, (size) => `${formatPrice(size)} %`);
}

/**
 * An age in the unit that suits it.
 * @param {number} ms negative where there is none yet
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
 * A span in whole units, for a sentence.
 * @param {number} ms
 * @returns {string} for example `5 s`, `3 min`, `2 h`
 */
export function formatSpan(ms) {
  return ms < 10_000 ? `${Math.floor(ms / 1_000)} s` : formatAge(ms);
}

/**
 * A rate: one decimal while it is small, none when it is not.
 * @param {number} perSecond
 * @returns {string}
 */
export function formatRate(perSecond) {
  return perSecond > 0 && perSecond < 9.95 ? perSecond.toFixed(1) : String(Math.round(perSecond));
}

/**
 * Where the text of a figure begins to differ from what it was, so that only what moved is lit.
 * @param {string} before
 * @param {string} after
 * @returns {number} an index into `after`; its length where nothing moved
 */
export function firstDifference(before, after) {
  if (before.length !== after.length) {
    return 0;
  }
  let index = 0;
  while (index < after.length && before[index] === after[index]) {
    index++;
  }
  return index;
}

/**
 * @param {string} value a plain decimal
 * @param {(size: string) => string} format
 */
function withSign(value, format) {
  const size = value.replace('-', '');
  const sign = !/[1-9]/.test(size) ? '' : value === size ? '+' : MINUS;
  return sign + format(size);
}
