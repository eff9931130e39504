/**
 * A quote for tests.
 * @param {string} symbol
 * @param {string} price
 * @param {Partial<import('../../js/wire/quote.js').Details>} [details]
 * @returns {import('../../js/wire/market.js').Quote}
 */
export function quote(symbol, price, details = {}) {
  const decimals = price.includes('.') ? price.length - price.indexOf('.') - 1 : 0;
  return { symbol, price, first: price, decimals, timestamp: 1_795_510_188, timeUs: undefined, isStale: false, receivedAt: 0, details };
}
