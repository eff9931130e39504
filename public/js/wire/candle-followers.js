/**
 * Follows the candles of one series.
 * @typedef {object} CandleFollower
 * @property {string} symbol
 * @property {string} interval
 * @property {() => void} onConnection a new connection has begun, and brings nothing of the series yet
 * @property {() => void} onEpoch the ticker has begun another life
 * @property {() => void} onFollowed what comes from now on begins where the last subscription asked for
 * @property {(code: string, words: string) => void} onRefused the last subscription was refused
 * @property {(words: string) => void} onDelayed older candles come later
 * @property {(candles: import('./candle.js').Candle[]) => void} onCandles
 */

import { candleOf } from './candle.js';

/** The errors that are about a subscription (docs/protocol.md). All but the last are followed by `subscribed`. */
const REFUSALS = new Set(['from_too_early', 'unavailable', 'unknown_symbol', 'forbidden', 'too_many_series']);

/**
 * Everybody who follows candles on the connection. The server answers subscriptions in their order, so the oldest that is not
 * answered is the one that an answer is about.
 */
export class CandleFollowers {
  #send;
  /** @type {Set<CandleFollower>} */
  #followers = new Set();
  /** @type {Set<CandleFollower>} those that have subscribed on this connection */
  #subscribed = new Set();
  /** @type {{ follower: CandleFollower | null, symbol: string, isRefused: boolean }[]} what is not answered; no follower for an unsubscription */
  #asked = [];
  #isConnected = false;

  /** @param {(message: object) => void} send sends a message */
  constructor(send) {
    this.#send = send;
  }

  /** @param {CandleFollower} follower is told of the connection, and of the candles once it has subscribed */
  add(follower) {
    this.#followers.add(follower);
  }

  /** @param {CandleFollower} follower hears of nothing any more */
  remove(follower) {
    const wasSubscribed = this.#subscribed.delete(follower);
    this.#followers.delete(follower);
    for (const asked of this.#asked.filter((entry) => entry.follower === follower)) {
      asked.follower = null;
    }
    const { symbol, interval } = follower;
    if (wasSubscribed && ![...this.#subscribed].some((other) => other.symbol === symbol && other.interval === interval)) {
      this.#asked.push({ follower: null, symbol, isRefused: false });
      this.#send({ type: 'unsubscribe', channel: 'candles', symbols: [symbol], interval });
    }
  }

  /**
   * Does nothing without a connection: followers are told of the next one.
   * @param {CandleFollower} follower one that was added
   * @param {number | undefined} from the open time, in Unix seconds, from which on it wants closed candles; undefined for the newest
   */
  subscribe(follower, from) {
    if (!this.#isConnected) {
      return;
    }
    const { symbol, interval } = follower;
    this.#subscribed.add(follower);
    this.#asked.push({ follower, symbol, isRefused: false });
    this.#send({ type: 'subscribe', channel: 'candles', symbols: [symbol], interval, from });
  }

  /** A new connection has begun. */
  begin() {
    this.end();
    this.#isConnected = true;
    this.#tell(({ onConnection }) => onConnection());
  }

  /** The connection has ended. */
  end() {
    this.#isConnected = false;
    this.#asked = [];
    this.#subscribed.clear();
  }

  /** The ticker has begun another life. */
  epochChanged() {
    this.#tell(({ onEpoch }) => onEpoch());
  }

  /** @param {any} message `candles` */
  receive({ symbol, interval, data }) {
    const candles = data.map(candleOf);
    this.#tell((follower) => {
      if (follower.symbol === symbol && follower.interval === interval && this.#subscribed.has(follower)) {
        follower.onCandles(candles);
      }
    });
  }

  /** The server has answered the oldest message about candles: `subscribed`. */
  acknowledged() {
    const asked = this.#asked.shift();
    if (asked?.follower && !asked.isRefused) {
      asked.follower.onFollowed();
    }
  }

  /**
   * @param {{ code: string, message?: string, symbols?: string[] }} error of the server
   * @returns {boolean} whether it is about candles
   */
  takes({ code, message: words = code, symbols = [] }) {
    if (code === 'history_unavailable') {
      this.#tell((follower) => symbols.includes(follower.symbol) && follower.onDelayed(words));
      return true;
    }
    const [asked] = this.#asked;
    if (asked === undefined || !REFUSALS.has(code) || (code !== 'too_many_series' && !symbols.includes(asked.symbol))) {
      return false;
    }
    asked.isRefused = true;
    if (code === 'too_many_series') {
      this.#asked.shift();
    }
    asked.follower?.onRefused(code, words);
    return true;
  }

  /** @param {(follower: CandleFollower) => void} say */
  #tell(say) {
    for (const follower of [...this.#followers]) {
      say(follower);
    }
  }
}
