import { ask } from './ask.js';
import { candleOf } from './candle.js';
import { plainOf } from './decimal.js';
import { parseMessage } from './json.js';
import { pagePlatform } from './platform.js';

/** Statuses of a proxy that cannot reach the gateway. */
const NOBODY = [502, 503, 504];

/** The decimal members of a ticker (docs/api.md, "Prices"). */
const DECIMALS = [
  'price', 'bid', 'bid_size', 'ask', 'ask_size', 'last', 'last_size', 'open_24h', 'high_24h', 'low_24h', 'volume_24h', 'quote_volume_24h',
  'change_24h', 'change_percent_24h', 'confidence',
];

/** Its times in Unix microseconds. */
const TIMES = ['time_us', 'updated_us'];

/**
 * An answer that is none. `unreachable`: there was no answer. `refused`: the token has ended, may not read this, or the request
 * was wrong. `busy`: too many requests. `missing`: there is no such symbol. `unavailable`: the gateway cannot answer now.
 * `foreign`: something other than the gateway answered.
 * @typedef {object} Failure
 * @property {'unreachable' | 'refused' | 'busy' | 'missing' | 'unavailable' | 'foreign'} kind
 * @property {string} words for people
 * @property {number} afterMs the wait before another request that the server asks for, in milliseconds; 0 if it says nothing
 */

/**
 * @template T
 * @typedef {{ kind: 'ok', value: T } | Failure} Result
 */

/**
 * A ticker with the names of docs/api.md, and with its decimals as plain texts with the digits that were sent.
 * @typedef {{ symbol: string, price: string, timestamp: number, time_us?: number, stale?: boolean, bid?: string, ask?: string, open_24h?: string,
 *   high_24h?: string, low_24h?: string, volume_24h?: string, quote_volume_24h?: string, change_24h?: string,
 *   change_percent_24h?: string, confidence?: string, sources?: number, trades_24h?: number, day_source?: string }} Ticker
 */

/**
 * @typedef {object} CandlePage
 * @property {import('./candle.js').Candle[]} candles in the order of time
 * @property {import('./candle.js').Gap[]} gaps
 * @property {string | null} nextCursor of the next page; null if there is none
 */

/**
 * @typedef {object} CandleQuery
 * @property {string} symbol
 * @property {string} interval
 * @property {number} [from] the earliest open time, in Unix seconds; without it the newest candles are answered
 * @property {number} [to] the time before which the candles open, in Unix seconds
 * @property {number} [limit] 1 to 5,000; 500 by default
 * @property {string} [cursor] `nextCursor` of the page before
 */

/**
 * Reads the HTTP API (docs/api.md). A method rejects only for errors of this program, never because of the network.
 */
export class Api {
  #token;
  #platform;

  /**
   * @param {object} options
   * @param {() => string | null} options.token gets the present token; null if there is none
   * @param {import('./platform.js').Platform} [options.platform] by default, a page of the gateway
   */
  constructor({ token, platform = pagePlatform }) {
    this.#token = token;
    this.#platform = platform;
  }

  /**
   * Reads the newest prices of the whole market, with their last 24 hours.
   * @param {AbortSignal} signal
   * @returns {Promise<Result<{ epoch: number, seq: number, tickers: Ticker[] }>>}
   */
  async tickers(signal) {
    return this.#get('/api/v1/tickers', (body) => ({
      epoch: Number(body.epoch),
      seq: Number(body.seq),
      tickers: body.tickers.map(tickerOf),
    }), signal);
  }

  /**
   * Reads candles.
   * @param {CandleQuery} query
   * @param {AbortSignal} signal
   * @returns {Promise<Result<CandlePage>>}
   */
  async candles(query, signal) {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        parameters.set(name, String(value));
      }
    }
    return this.#get(`/api/v1/candles?${parameters}`, (body) => ({
      candles: body.candles.map(candleOf),
      gaps: body.gaps.map((/** @type {any} */ { from, to }) => ({ from: Number(from), to: Number(to) })),
      nextCursor: body.next_cursor ?? null,
    }), signal);
  }

  /**
   * @template T
   * @param {string} path
   * @param {(body: any) => T} read reads the body
   * @param {AbortSignal} signal
   * @returns {Promise<Result<T>>}
   */
  async #get(path, read, signal) {
    const token = this.#token();
    if (token === null) {
      return { kind: 'refused', words: 'There is no token yet.', afterMs: 0 };
    }
    // The browser asks again for what may have changed, and keeps what may not.
    const answer = await ask(this.#platform, path, { headers: { Authorization: `Bearer ${token}` }, cache: 'default' }, signal);
    if (answer?.status === 200 && answer.type === 'application/json') {
      const body = parseMessage(answer.text);
      if (body !== null && typeof body === 'object') {
        return { kind: 'ok', value: read(body) };
      }
    }
    return failureOf(answer);
  }
}

/** @param {any} given */
function tickerOf(given) {
  const ticker = { ...given };
  for (const name of DECIMALS) {
    if (given[name] !== undefined) {
      ticker[name] = plainOf(String(given[name])) ?? undefined;
    }
  }
  for (const name of TIMES.filter((time) => given[time] !== undefined)) {
    ticker[name] = Number(given[name]);
  }
  return ticker;
}

/**
 * Trusts only problems in the gateway's format: a proxy may answer with any status.
 * @param {import('./ask.js').Answer | null} answer
 * @returns {Failure}
 */
function failureOf(answer) {
  if (answer === null) {
    return { kind: 'unreachable', words: 'The server does not answer.', afterMs: 0 };
  }
  const { status, type, text, afterMs } = answer;
  const detail = type === 'application/problem+json' ? parseMessage(text)?.detail : undefined;
  if (typeof detail === 'string' && status >= 400) {
    const kind = status === 404 ? 'missing' : status === 429 ? 'busy' : status >= 500 ? 'unavailable' : 'refused';
    return { kind, words: `The server says: ${detail}.`, afterMs };
  }
  return NOBODY.includes(status)
    ? { kind: 'unreachable', words: 'The server does not answer.', afterMs }
    : { kind: 'foreign', words: 'Something in front of the server answered in its place.', afterMs };
}
