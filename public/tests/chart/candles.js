/**
 * @param {number} openTime
 * @param {Partial<import('../../js/chart/series.js').Candle>} [values]
 * @returns {import('../../js/chart/series.js').Candle}
 */
export function candle(openTime, values = {}) {
  return { openTime, open: '100', high: '103', low: '99', close: '102', volume: '1.5', ...values };
}
