import { backoff } from './backoff.js';
import { INTERVAL_SECONDS } from './candle.js';
import { CandleList } from './candle-list.js';
import { delay, pagePlatform } from './platform.js';

/** How many candles are read at a time. */
const PAGE = 500;

/** How far before the newest prices a subscription begins that follows a page, in intervals. The server allows 1,000. */
const FARTHEST_BACK = 500;

/** After the ticker has begun another life, candles are read again within this time, so that not all pages ask at once. */
const EPOCH_WITHIN_MS = 2_000;

/** A market this far behind its candles has begun anew in the past. The shards notice a little later: how often to look, and when. */
const LONGEST_STEP_BACK_S = 60;
const LOOKS = 5;
const LOOK_EVERY_MS = 5_000;

/**
 * `trouble`: why candles are missing or late, for people; null once they come. The others are those of the list.
 * @typedef {import('./candle-list.js').ListChange | { kind: 'trouble', words: string | null }} Change
 */

/**
 * The candles of one symbol in one interval: history from the API, and what follows from the connection, without a seam.
 */
export class CandleSeries {
  #api;
  #connection;
  #symbol;
  #interval;
  #onChange;
  #platform;
  #list = new CandleList();
  #scope = new AbortController();
  /** Ends what waits for another attempt. */
  #wait = new AbortController();
  /** @type {import('./candle-followers.js').CandleFollower} */
  #follower;
  #older = /** @type {Promise<boolean> | null} */ (null);
  /** Whether the list has to be read before it can be continued. */
  #mustLoad = true;
  /** Counts the readings of the newest page; an older one no longer counts. */
  #load = 0;
  #isLoading = false;
  /** Whether what the connection brings continues the list. */
  #isFollowed = false;
  /** How often in a row the page could not be read, and the subscription was refused. */
  #failures = 0;
  #refusals = 0;
  #looks = 0;
  #words = /** @type {string | null} */ (null);

  /**
   * @param {object} options
   * @param {Pick<import('./api.js').Api, 'candles'>} options.api
   * @param {Pick<import('./connection.js').Connection, 'candles' | 'market'>} options.connection
   * @param {string} options.symbol
   * @param {string} options.interval
   * @param {(change: Change) => void} options.onChange
   * @param {import('./platform.js').Platform} [options.platform] by default, a page of the gateway
   */
  constructor({ api, connection, symbol, interval, onChange, platform = pagePlatform }) {
    this.#api = api;
    this.#connection = connection;
    this.#symbol = symbol;
    this.#interval = interval;
    this.#onChange = onChange;
    this.#platform = platform;
    this.#follower = {
      symbol,
      interval,
      onConnection: () => this.#continue(),
      onEpoch: () => {
        this.#looks = LOOKS;
        this.#loadIn(platform.random() * EPOCH_WITHIN_MS);
      },
      onFollowed: () => {
        this.#refusals = 0;
        this.#isFollowed = true;
      },
      onRefused: (code, words) => this.#refused(code, words),
      onDelayed: (words) => this.#tell(words),
      onCandles: (candles) => this.#receive(candles),
    };
  }

  /** The candles in the order of time. Those that are not closed may still change. */
  get candles() {
    return this.#list.candles;
  }

  /** The times among them that the server did not watch. */
  get gaps() {
    return this.#list.gaps;
  }

  /** Begins. */
  start() {
    this.#connection.candles.add(this.#follower);
    void this.#loadNewest();
  }

  /** Ends; nothing is told any more. */
  stop() {
    this.#scope.abort();
    this.#wait.abort();
    this.#connection.candles.remove(this.#follower);
  }

  /**
   * Reads candles before the first one.
   * @returns {Promise<boolean>} whether there may be more
   */
  loadOlder() {
    this.#older ??= this.#loadPage().finally(() => {
      this.#older = null;
    });
    return this.#older;
  }

  async #loadPage() {
    const { generation, candles: [first] } = this.#list;
    if (first === undefined || !this.#list.hasOlder) {
      return false;
    }
    const query = { symbol: this.#symbol, interval: this.#interval, to: first.openTime, limit: PAGE };
    const answer = await this.#api.candles(query, this.#scope.signal);
    if (this.#scope.signal.aborted || generation !== this.#list.generation) {
      return this.#list.hasOlder;
    }
    if (answer.kind !== 'ok') {
      this.#tell(answer.words);
      return true;
    }
    this.#tell(null);
    this.#onChange(this.#list.prepend(answer.value));
    return this.#list.hasOlder;
  }

  /** Reads the newest page, then subscribes from where it ends. */
  async #loadNewest() {
    this.#wait.abort();
    this.#isFollowed = false;
    this.#isLoading = true;
    const load = ++this.#load;
    const { newestTimestamp } = this.#connection.market;
    const answer = await this.#api.candles({ symbol: this.#symbol, interval: this.#interval, limit: PAGE }, this.#scope.signal);
    if (this.#scope.signal.aborted || load !== this.#load) {
      return;
    }
    this.#isLoading = false;
    if (answer.kind !== 'ok') {
      if (this.#mustLoad) {
        this.#tell(answer.words);
      }
      this.#loadIn(answer.afterMs + backoff(this.#failures++, this.#platform.random));
      if (this.candles.length > 0) {
        this.#continue();
      }
      return;
    }
    this.#failures = 0;
    this.#mustLoad = false;
    this.#onChange(this.#list.take(answer.value));
    this.#tell(null);
    this.#subscribe(newestTimestamp);
    if (this.#isInFuture() && this.#looks-- > 0) {
      this.#loadIn(LOOK_EVERY_MS);
    }
  }

  /** Goes on over a new connection. */
  #continue() {
    this.#isFollowed = false;
    if (this.#mustLoad || this.#isLoading) {
      return;
    }
    if (this.candles.length > 0) {
      this.#subscribe();
    } else {
      void this.#loadNewest();
    }
  }

  /** @param {number} [readAt] the time of the market, in Unix seconds, at which the list was read; without it, something may be missing */
  #subscribe(readAt = -Infinity) {
    this.#isFollowed = false;
    const length = INTERVAL_SECONDS[this.#interval];
    const last = this.#list.lastClosed;
    const end = last === undefined ? this.candles[0]?.openTime ?? -Infinity : last.openTime + length;
    // Where nothing was traded for long, the last candle is older than what the server allows.
    const from = Math.max(end, Math.floor(readAt / length - FARTHEST_BACK) * length);
    this.#connection.candles.subscribe(this.#follower, from === -Infinity ? undefined : from);
  }

  /** @param {import('./candle.js').Candle[]} candles */
  #receive(candles) {
    if (!this.#isFollowed) {
      return;
    }
    this.#tell(null);
    if (this.candles.length === 0) {
      // The first one that there is. Others may have been closed before the subscription.
      void this.#loadNewest();
      return;
    }
    for (const candle of candles) {
      const change = this.#list.receive(candle);
      if (change !== null) {
        this.#onChange(change);
      }
    }
  }

  /** @type {import('./candle-followers.js').CandleFollower['onRefused']} */
  #refused(code, words) {
    this.#isFollowed = false;
    if (code === 'from_too_early') {
      this.#mustLoad = true;
    } else {
      this.#tell(words);
    }
    if (code !== 'unknown_symbol' && code !== 'forbidden') {
      this.#loadIn(backoff(this.#refusals++, this.#platform.random));
    }
  }

  /** @param {number} ms after which the newest page is read again */
  #loadIn(ms) {
    this.#wait.abort();
    this.#wait = new AbortController();
    delay(this.#platform, () => this.#loadNewest(), ms, this.#wait.signal);
  }

  /** Whether the prices are of a time long before the candles: those of a market that has begun anew. */
  #isInFuture() {
    const price = this.#connection.market.quotes.get(this.#symbol)?.timestamp ?? Infinity;
    return (this.candles[this.candles.length - 1]?.openTime ?? 0) > price + LONGEST_STEP_BACK_S;
  }

  /** @param {string | null} words */
  #tell(words) {
    if (words !== this.#words) {
      this.#words = words;
      this.#onChange({ kind: 'trouble', words });
    }
  }
}
