/**
 * How wide the columns of prices are. Pure.
 */

const FEWEST_DECIMALS = 2;

/** The width of a point or comma against that of a digit. */
const POINT = 0.5;

/**
 * @param {Iterable<import('../wire/market.js').Quote>} quotes
 * @returns {number} the width of their widest price, bid or offer as it is shown, in digits
 */
export function widestPrice(quotes) {
  let widest = 0;
  for (const { price, decimals, details } of quotes) {
    widest = Math.max(widest, widthOf(price, decimals), widthOf(details.bid, decimals), widthOf(details.ask, decimals));
  }
  return Math.ceil(widest);
}

/**
 * @param {string | undefined} price a plain decimal
 * @param {number} decimals as many are shown at least
 */
function widthOf(price, decimals) {
  if (price === undefined) {
    return 0;
  }
  const point = price.indexOf('.');
  const whole = point < 0 ? price.length : point;
  const fraction = Math.max(FEWEST_DECIMALS, decimals, price.length - 1 - whole);
  return whole + fraction + POINT * (1 + Math.floor((whole - 1) / 3));
}
