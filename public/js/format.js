/**
 * Numbers as people read them. Pure: no clock, no page.
 */

const FEWEST_DECIMALS = 2;
const MINUS = '−';

/**
 * How many decimals a price was given with, as far as a JSON number still tells (its trailing zeros are gone).
 * @param {number} price
 * @returns {number} 0 or more
 */
export function decimalsOf(price) {
  const [digits, exponent = '0'] = String(price).split('e');
  const given = digits.length - 1 - digits.indexOf('.');
  return Math.max(0, (digits.includes('.') ? given : 0) - Number(exponent));
}

/**
 * A price in full: digits in groups of three, never an exponent, never rounded.
 * @param {number} price
 * @param {number} [decimals] show at least so many, so that the figures of one symbol keep their places
 * @returns {string} for example `42,000.10`
 */
export function formatPrice(price, decimals = FEWEST_DECIMALS) {
  const shown = Math.max(FEWEST_DECIMALS, decimals, decimalsOf(price));
  const [whole, fraction] = Math.abs(price).toFixed(Math.min(shown, 100)).split('.');
  return `${price < 0 ? MINUS : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}.${fraction}`;
}

/**
 * A difference of two prices, with its sign.
 * @param {number} from
 * @param {number} to
 * @param {number} decimals
 * @returns {string} for example `+12.50`, `−0.02`, `0.00`
 */
export function formatDifference(from, to, decimals) {
  const places = Math.min(Math.max(FEWEST_DECIMALS, decimals), 100);
  // Rounded to the prices' own places: 0.3 - 0.1 is 0.2 for a reader.
  return withSign(Number((to - from).toFixed(places)), (size) => formatPrice(size, places));
}

/**
 * A change as a share of where it began.
 * @param {number} from
 * @param {number} to
 * @returns {string} for example `+0.42 %`; empty where there is no share of nothing
 */
export function formatPercent(from, to) {
  if (!(from > 0)) {
    return '';
  }
  return withSign(Number(((to / from - 1) * 100).toFixed(2)), (size) => `${formatPrice(size)} %`);
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
 * @param {number} value
 * @param {(size: number) => string} format
 */
function withSign(value, format) {
  const sign = value > 0 ? '+' : value < 0 ? MINUS : '';
  return sign + format(Math.abs(value));
}
