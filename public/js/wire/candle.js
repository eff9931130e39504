import { plainOf } from './decimal.js';

/**
 * What a symbol did in one interval. Prices and `quoteVolume` are in the quote currency, `volume` in the base currency, all
 * plain decimals with the digits that were sent.
 * @typedef {object} Candle
 * @property {number} openTime Unix seconds
 * @property {string} open
 * @property {string} high
 * @property {string} low
 * @property {string} close
 * @property {string} volume
 * @property {string} quoteVolume
 * @property {number} trades
 * @property {boolean} isClosed whether it does not change any more
 */

/**
 * A time that the server did not watch, in Unix seconds. Candles in it are missing or incomplete.
 * @typedef {{ from: number, to: number }} Gap
 */

/** @typedef {'1s' | '1m' | '5m' | '15m' | '1h' | '4h' | '1d'} Interval */

/** @type {Readonly<Record<string, number>>} the length of each interval, in seconds */
export const INTERVAL_SECONDS = { '1s': 1, '1m': 60, '5m': 300, '15m': 900, '1h': 3_600, '4h': 14_400, '1d': 86_400 };

/**
 * @param {any} given a candle as the server sends it, after `parseMessage`
 * @returns {Candle}
 */
export function candleOf(given) {
  return {
    openTime: Number(given.open_time),
    open: textOf(given.open),
    high: textOf(given.high),
    low: textOf(given.low),
    close: textOf(given.close),
    volume: textOf(given.volume),
    quoteVolume: textOf(given.quote_volume),
    trades: Number(given.trades ?? 0),
    isClosed: given.closed === true,
  };
}

/** @param {unknown} decimal */
function textOf(decimal) {
  return plainOf(String(decimal ?? 0)) ?? '0';
}
