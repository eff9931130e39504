import { difference, plainOf } from '../wire/decimal.js';

/**
 * Formats numbers for people. Pure.
 */

const FEWEST_DECIMALS = 2;
const MINUS = '−';

/**
 * A price with all the digits that were sent, in groups of three, without exponent or rounding.
 * @param {string} price a plain decimal
 * @param {number} [decimals] the minimum number of decimals, so that the digits of a symbol stay aligned
 * @returns {string} for example `42,000.10`
 */
export function formatPrice(price, decimals = FEWEST_DECIMALS) {
  const [whole, fraction = ''] = price.replace('-', '').split('.');
  const sign = price.startsWith('-') && /[1-9]/.test(price) ? MINUS : '';
  const places = Math.max(FEWEST_DECIMALS, decimals);
  return `${sign}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction.padEnd(places, '0')}`;
}

/**
 * The difference of two prices, with a sign.
 * @param {string} from a plain decimal
 * @param {string} to another
 * @param {number} decimals
 * @returns {string} for example `+12.50`, `−0.02`, `0.00`
 */
export function formatDifference(from, to, decimals) {
  return withSign(difference(from, to), (size) => formatPrice(size, decimals));
}

/**
 * A change in percent.
 * @param {string} from a plain decimal
 * @param {string} to another
 * @returns {string} for example `+0.42 %`; empty if `from` is zero
 */
export function formatPercent(from, to) {
  const share = plainOf(((Number(to) / Number(from) - 1) * 100).toFixed(2));
  return share === null || !(Number(from) > 0) ? '' : withSign(share, (size) => `${formatPrice(size)} %`);
}

/**
 * A rate, with one decimal if it is small.
 * @param {number} perSecond
 * @returns {string}
 */
export function formatRate(perSecond) {
  return perSecond > 0 && perSecond < 9.95 ? perSecond.toFixed(1) : String(Math.round(perSecond));
}

/**
 * The index from which a price differs from its previous text, so that only the changed digits are highlighted.
 * @param {string} before
 * @param {string} after
 * @returns {number} an index into `after`; its length if nothing changed
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
