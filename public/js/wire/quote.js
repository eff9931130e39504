import { decimalsOf, plainOf } from './decimal.js';

/**
 * What else is known of a symbol, in plain decimals with the digits that were sent. Prices are in the quote currency, sizes
 * and volumes in the base currency. What is not known is undefined.
 * @typedef {object} Details
 * @property {string} [bid]
 * @property {string} [bidSize]
 * @property {string} [ask]
 * @property {string} [askSize]
 * @property {string} [last] the price of the last trade
 * @property {string} [lastSize]
 * @property {string} [open24h]
 * @property {string} [high24h]
 * @property {string} [low24h]
 * @property {string} [volume24h]
 * @property {number} [sources] on how many exchanges the price rests
 * @property {string} [confidence] half the distance between the highest and the lowest price that it rests on
 */

/**
 * One symbol as the page knows it.
 * @typedef {object} Quote
 * @property {string} symbol
 * @property {string} price a plain decimal with the digits that were sent
 * @property {string} first the price when the page connected
 * @property {number} decimals the largest number of decimals of any price of this symbol
 * @property {number} timestamp Unix seconds of the price
 * @property {number | undefined} timeUs the same in Unix microseconds, where it is known
 * @property {boolean} isStale whether the server says that the price may be out of date
 * @property {number} receivedAt when the newest change of this quote came, by the monotonic clock
 * @property {Readonly<Details>} details
 */

/**
 * One symbol as the server sends it (docs/protocol.md, "Details"), after `parseMessage`.
 * @typedef {{ symbol: string, price: string | number, timestamp: number, stale?: boolean, time_us?: string | number,
 *   [figure: string]: string | number | boolean | undefined }} GivenQuote
 */

/** @type {[Exclude<keyof Details, 'sources'>, string][]} */
const FIGURES = [
  ['bid', 'bid'], ['bidSize', 'bid_size'], ['ask', 'ask'], ['askSize', 'ask_size'], ['last', 'last'], ['lastSize', 'last_size'],
  ['open24h', 'open_24h'], ['high24h', 'high_24h'], ['low24h', 'low_24h'], ['volume24h', 'volume_24h'], ['confidence', 'confidence'],
];

/**
 * What differs between two states of a quote: `price` (or its time), `figures` (anything else that can be seen), or `nothing`.
 * @typedef {'price' | 'figures' | 'nothing'} Difference
 */

/**
 * @param {GivenQuote} given
 * @param {number} now
 * @returns {Quote | null} null if its price is not a number
 */
export function quoteOf(given, now) {
  const price = plainOf(String(given.price));
  return price === null ? null : {
    symbol: given.symbol,
    price,
    first: price,
    decimals: decimalsOf(price),
    timestamp: given.timestamp,
    timeUs: timeOf(given),
    isStale: given.stale === true,
    receivedAt: now,
    details: detailsOf(given),
  };
}

/**
 * @param {Quote} quote is changed
 * @param {GivenQuote} given its newest state
 * @param {number} now
 * @returns {Difference}
 */
export function update(quote, given, now) {
  const price = plainOf(String(given.price));
  if (price === null) {
    return 'nothing';
  }
  const details = detailsOf(given);
  const isNews = quote.price !== price || quote.timestamp !== given.timestamp || quote.timeUs !== timeOf(given);
  const isDifferent = quote.price !== price || quote.isStale !== (given.stale === true) || differ(quote.details, details);
  if (isNews || isDifferent) {
    quote.receivedAt = now;
  }
  if (quote.price !== price) {
    quote.price = price;
    quote.decimals = Math.max(quote.decimals, decimalsOf(price));
  }
  quote.timestamp = given.timestamp;
  quote.timeUs = timeOf(given);
  quote.isStale = given.stale === true;
  quote.details = details;
  return isNews ? 'price' : isDifferent ? 'figures' : 'nothing';
}

/** @param {GivenQuote} given */
function timeOf({ time_us: time }) {
  return time === undefined ? undefined : Number(time);
}

/**
 * @param {GivenQuote} given
 * @returns {Details}
 */
function detailsOf(given) {
  /** @type {Details} */
  const details = {};
  for (const [name, sentAs] of FIGURES) {
    const figure = given[sentAs];
    if (figure !== undefined) {
      details[name] = plainOf(String(figure)) ?? undefined;
    }
  }
  if (given.sources !== undefined) {
    details.sources = Number(given.sources);
  }
  return details;
}

/**
 * @param {Details} one
 * @param {Details} other
 */
function differ(one, other) {
  return one.sources !== other.sources || FIGURES.some(([name]) => one[name] !== other[name]);
}
