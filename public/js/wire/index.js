/**
 * A client of the gateway, for this page and others: prices as they change, candles, and the HTTP API. It needs no document.
 *
 *     const market = new Market();
 *     const connection = new Connection({ market, onStatus: ({ state, words }) => console.log(state, words), onTick: paint });
 *     const api = new Api({ token: () => connection.token });
 *     connection.start('otk_…');
 *     function paint() {
 *       for (const symbol of market.takeChanged()) console.log(symbol, market.quotes.get(symbol)?.price);
 *     }
 *     const series = new CandleSeries({ api, connection, symbol: 'BTC-USD', interval: '1m', onChange: () => draw(series.candles) });
 *     series.start();
 *
 * Prices and other decimals are texts with the digits that were sent: `compare` and `difference` calculate with them.
 * A program that is no page of the gateway gives each of them a `platform` (`Platform`), such as
 * `{ ...pagePlatform, origin: () => 'https://prices.example', isOnline: () => true }`.
 */

export { Api } from './api.js';
export { INTERVAL_SECONDS } from './candle.js';
export { CandleSeries } from './candle-series.js';
export { Connection } from './connection.js';
export { compare, decimalsOf, difference, plainOf } from './decimal.js';
export { formatAge, formatSpan } from './duration.js';
export { Market } from './market.js';
export { pagePlatform } from './platform.js';
export { STILL_MS } from './price-watch.js';

/** @typedef {import('./api.js').CandlePage} CandlePage */
/** @typedef {import('./api.js').Ticker} Ticker */
/** @typedef {import('./candle.js').Candle} Candle */
/** @typedef {import('./candle.js').Gap} Gap */
/** @typedef {import('./candle-series.js').Change} CandleChange */
/** @typedef {import('./connection.js').Status} Status */
/** @typedef {import('./feed.js').FeedNews} FeedNews */
/** @typedef {import('./platform.js').Platform} Platform */
/** @typedef {import('./quote.js').Quote} Quote */
/** @typedef {import('./traffic.js').Gauges} Gauges */
