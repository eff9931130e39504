import { formatDifference, formatPercent } from '../format/format.js';
import { compare } from '../wire/decimal.js';

/** How often the figures are asked for while the page is visible. */
const EVERY_MS = 30_000;

/** How soon they are asked for again after an answer that was none. */
const RETRY_MS = 5_000;

/** How long they are shown if there are no newer ones. An older opening price is not the one of 24 hours ago. */
const KEPT_MS = 300_000;

/**
 * The figures of the last 24 hours of one symbol: plain decimals, or undefined where they are not known.
 * @typedef {object} Day
 * @property {string} [open] the price 24 hours ago
 * @property {string} [high]
 * @property {string} [low]
 * @property {string} [volume] in the base currency
 * @property {string} [quoteVolume] in the quote currency
 * @property {string} [source] `history` (the server's own candles), or where else they come from
 */

/**
 * @typedef {import('../wire/market.js').Quote} Quote
 *
 * @typedef {object} Change
 * @property {string} percent for example `+1.23 %`; `–` if it is not known
 * @property {string} absolute for example `+512.30`; `–` likewise
 * @property {-1 | 0 | 1} direction
 */

/** @type {Change} */
const UNKNOWN = { percent: '–', absolute: '–', direction: 0 };

/**
 * The last 24 hours of each symbol, from the API, and between its answers from the running price.
 */
export class DayFigures {
  #api;
  #onRefresh;
  #page;
  #now;
  /** @type {Map<string, Day>} */
  #days = new Map();
  #loadedAt = -Infinity;
  #dueAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {AbortController | null} */
  #running = null;

  /**
   * @param {object} parts
   * @param {Pick<import('../wire/api.js').Api, 'tickers'>} parts.api
   * @param {() => void} [parts.onRefresh] called when there are new figures
   * @param {Pick<Document, 'hidden' | 'addEventListener'>} [parts.page]
   * @param {() => number} [parts.now] milliseconds of a clock that never goes back
   */
  constructor({ api, onRefresh = () => {}, page = document, now = () => performance.now() }) {
    this.#api = api;
    this.#onRefresh = onRefresh;
    this.#page = page;
    this.#now = now;
    page.addEventListener('visibilitychange', () => this.#wake());
  }

  /** Begins to ask for figures; does nothing if it has begun. */
  start() {
    if (this.#running === null) {
      this.#running = new AbortController();
      this.#dueAt = this.#now();
      this.#wake();
    }
  }

  /** Ends that, and forgets the figures. */
  stop() {
    this.#running?.abort();
    this.#running = null;
    clearTimeout(this.#timer);
    this.#days.clear();
  }

  /**
   * @param {string} symbol
   * @returns {Day | undefined} undefined if there are none, or none that are new enough
   */
  of(symbol) {
    return this.#now() - this.#loadedAt <= KEPT_MS ? this.#days.get(symbol) : undefined;
  }

  /**
   * @param {Quote} quote
   * @returns {Change} of its price against the one of 24 hours ago
   */
  change(quote) {
    const open = this.#open(quote);
    return open === undefined ? UNKNOWN : {
      percent: formatPercent(open, quote.price) || UNKNOWN.percent,
      absolute: formatDifference(open, quote.price, quote.decimals),
      direction: compare(quote.price, open),
    };
  }

  /**
   * @param {Quote} quote
   * @returns {number | undefined} its price over the one of 24 hours ago, to sort by
   */
  ratio(quote) {
    const open = Number(this.#open(quote));
    return open > 0 ? Number(quote.price) / open : undefined;
  }

  /**
   * @param {Quote} quote
   * @returns {string | undefined} the highest price of the last 24 hours, the present one included
   */
  high(quote) {
    return this.#extreme(quote, 'high', quote.details.high24h, 1);
  }

  /**
   * @param {Quote} quote
   * @returns {string | undefined} the lowest price of the last 24 hours, the present one included
   */
  low(quote) {
    return this.#extreme(quote, 'low', quote.details.low24h, -1);
  }

  /**
   * @param {Quote} quote
   * @returns {number | undefined} what was traded in the last 24 hours, in the quote currency; at the present price where
   *   only the volume in the base currency is known
   */
  turnover(quote) {
    const day = this.of(quote.symbol);
    if (day?.quoteVolume !== undefined) {
      return Number(day.quoteVolume);
    }
    const volume = day?.volume ?? quote.details.volume24h;
    return volume === undefined ? undefined : Number(volume) * Number(quote.price);
  }

  /** @param {Quote} quote */
  #open(quote) {
    return this.of(quote.symbol)?.open ?? quote.details.open24h;
  }

  /**
   * @param {Quote} quote
   * @param {'high' | 'low'} name
   * @param {string | undefined} sent the figure that came with the quote
   * @param {1 | -1} sign
   */
  #extreme(quote, name, sent, sign) {
    const day = this.of(quote.symbol);
    const known = day?.[name] ?? sent;
    if (known === undefined || compare(quote.price, known) !== sign) {
      return known;
    }
    if (day !== undefined) {
      // It stays the highest or lowest after the price has gone back, also until the API tells of it.
      day[name] = quote.price;
    }
    return quote.price;
  }

  /** Asks if it is time and somebody is looking; otherwise when it is. */
  #wake() {
    clearTimeout(this.#timer);
    if (this.#running === null || this.#page.hidden) {
      return;
    }
    const left = this.#dueAt - this.#now();
    if (left > 0) {
      this.#timer = setTimeout(() => this.#wake(), left);
    } else {
      this.#dueAt = Infinity;
      void this.#load(this.#running);
    }
  }

  /** @param {AbortController} running */
  async #load(running) {
    const answer = await this.#api.tickers(running.signal);
    if (running !== this.#running) {
      return;
    }
    if (answer.kind === 'ok') {
      this.#days = new Map(answer.value.tickers.map((ticker) => [ticker.symbol, dayOf(ticker)]));
      this.#loadedAt = this.#now();
      this.#onRefresh();
    }
    this.#dueAt = this.#now() + (answer.kind === 'ok' ? EVERY_MS : Math.max(RETRY_MS, answer.afterMs));
    this.#wake();
  }
}

/**
 * @param {import('../wire/api.js').Ticker} ticker
 * @returns {Day}
 */
function dayOf(ticker) {
  return {
    open: ticker.open_24h,
    high: ticker.high_24h,
    low: ticker.low_24h,
    volume: ticker.volume_24h,
    quoteVolume: ticker.quote_volume_24h,
    source: ticker.day_source,
  };
}
