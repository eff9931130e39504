/**
 * The parts of a symbol's name. Pure.
 */

/**
 * @param {string} symbol for example `BTC-USD`
 * @returns {string} the currency that is priced, `BTC`; the whole name if it has no hyphen
 */
export function baseOf(symbol) {
  const hyphen = symbol.lastIndexOf('-');
  return hyphen > 0 ? symbol.slice(0, hyphen) : symbol;
}

/**
 * @param {string} symbol for example `BTC-USD`
 * @returns {string} the currency of its prices, `USD`; empty if the name has no hyphen
 */
export function quoteOf(symbol) {
  const hyphen = symbol.lastIndexOf('-');
  return hyphen > 0 ? symbol.slice(hyphen + 1) : '';
}
