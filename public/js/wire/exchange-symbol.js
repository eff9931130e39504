/**
 * @param {string} symbol
 * @returns {boolean} whether it is one of a single exchange, such as `kraken:BTC-USD`, rather than of the whole market
 */
export function isOfExchange(symbol) {
  return symbol.includes(':');
}
