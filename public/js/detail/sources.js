import { formatPrice } from '../format/format.js';
import { compare, difference } from '../wire/decimal.js';

/**
 * What the page says about the exchanges behind a price. Pure.
 *
 * @typedef {import('../wire/market.js').Quote} Quote
 * @typedef {import('../wire/feed.js').Feed} Feed
 */

/**
 * One exchange and its price.
 * @typedef {object} Row
 * @property {string} exchange as in symbols
 * @property {Quote | undefined} quote undefined if it has no price of the symbol
 * @property {number} ageMs of the price; NaN if there is none
 * @property {'live' | 'stale' | 'away' | 'none'} state `none`: it has no price of the symbol
 * @property {string} cause why it is away or not counted; empty if nothing is known
 */

/**
 * @param {string} symbol of the whole market
 * @param {Feed[]} feeds
 * @param {Quote[]} exchangeQuotes
 * @param {(quote: Quote) => number} ageOf milliseconds
 * @returns {Row[]} in the order of the feeds
 */
export function rowsOf(symbol, feeds, exchangeQuotes, ageOf) {
  return feeds.map(({ exchange, state, cause = '' }) => {
    const quote = exchangeQuotes.find((candidate) => candidate.symbol === `${exchange}:${symbol}`);
    return {
      exchange,
      quote,
      ageMs: quote === undefined ? NaN : ageOf(quote),
      state: state === 'away' ? 'away' : quote === undefined ? 'none' : quote.isStale ? 'stale' : 'live',
      cause: state === 'away' ? cause : '',
    };
  });
}

/**
 * How far the prices of the exchanges are apart: the highest less the lowest of those that are live.
 * @param {Row[]} rows
 * @returns {{ absolute: string, percent: string } | null} such as `10.00` and `0.024 %`; null if fewer than two are live
 */
export function spreadOf(rows) {
  const quotes = rows.flatMap(({ quote, state }) => (quote !== undefined && state === 'live' ? [quote] : []));
  if (quotes.length < 2) {
    return null;
  }
  const sorted = quotes.map(({ price }) => price).sort(compare);
  const [lowest, highest] = [sorted[0], sorted[sorted.length - 1]];
  const apart = difference(lowest, highest);
  const percent = Number(apart) / Number(lowest) * 100;
  return {
    absolute: formatPrice(apart, Math.max(...quotes.map(({ decimals }) => decimals))),
    percent: Number.isFinite(percent) && Number(lowest) > 0 ? `${percent.toFixed(3)} %` : '',
  };
}

/**
 * On how much the price rests.
 * @param {Quote} quote
 * @param {string} currency of its price
 * @returns {string} empty if the server does not say
 */
export function groundsOf({ details, decimals }, currency) {
  const { sources, confidence } = details ?? {};
  if (sources === undefined) {
    return '';
  }
  const exchanges = sources === 1 ? 'one exchange' : `${sources} exchanges`;
  return confidence === undefined || sources === 1
    ? `It rests on the price of ${exchanges}.`
    : `It rests on the prices of ${exchanges}, which lie within ±${formatPrice(confidence, decimals)} ${currency} of their middle.`;
}
