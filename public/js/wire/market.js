import { decimalsOf, plainOf } from './decimal.js';

/**
 * One symbol as the page knows it.
 * @typedef {object} Quote
 * @property {string} symbol
 * @property {string} price a plain decimal with the digits that were sent
 * @property {string} first the price when the page connected
 * @property {number} decimals the largest number of decimals of any price of this symbol
 * @property {number} timestamp Unix seconds of the price
 * @property {boolean} isStale whether the server says that the price may be out of date
 */

/**
 * One symbol as the server sends it.
 * @typedef {{ symbol: string, price: string | number, timestamp: number, stale?: boolean }} GivenQuote
 */

/**
 * The result of a message: `applied`; `known` (applied, but without a new price, such as a snapshot of a market that does
 * not move); `stale` (older than the market, ignored); or `gap` (changes before it are missing, so it cannot be applied).
 * @typedef {'applied' | 'known' | 'stale' | 'gap'} Outcome
 */

/**
 * The newest price of every symbol, at a cursor (epoch, seq).
 * Changed symbols are collected until they are painted.
 */
export class Market {
  /** @type {Map<string, Quote>} */
  #quotes = new Map();
  /** @type {Set<string>} */
  #changed = new Set();
  #epoch = 0;
  #seq = 0;
  /** Whether to accept the next snapshot whatever its epoch. */
  #isAnew = false;
  #publishedAt = 0;

  /** @returns {ReadonlyMap<string, Quote>} in the server's order */
  get quotes() {
    return this.#quotes;
  }

  /** Unix milliseconds, by the server's clock, at which the newest price was published; 0 before the first. */
  get publishedAt() {
    return this.#publishedAt;
  }

  /**
   * Where to resume.
   * @returns {{ epoch: number, seq: number } | null} null if a snapshot is needed
   */
  get cursor() {
    return this.#epoch > 0 ? { epoch: this.#epoch, seq: this.#seq } : null;
  }

  /**
   * Begins a new connection. If its epoch differs from that of the market, its first snapshot replaces the market, even
   * if the epoch is lower: the server's clock may have been set back, or its store lost.
   * @param {number} epoch from the server's welcome
   */
  begin(epoch) {
    this.#isAnew = epoch !== this.#epoch;
  }

  /**
   * Applies a ticker message: a snapshot (`prev_seq` 0) replaces the market, a delta changes the symbols that it contains.
   * @param {{ epoch: number, seq: number, prev_seq: number, ts: number, data: GivenQuote[] }} message
   * @returns {Outcome}
   */
  apply(message) {
    const { epoch, seq, prev_seq: previous } = message;
    if (epoch === this.#epoch ? seq < this.#seq : epoch < this.#epoch && !this.#isAnew) {
      return 'stale';
    }
    // A delta of another epoch starts from a state that this page does not have.
    if (previous !== 0 && (epoch !== this.#epoch || previous > this.#seq)) {
      return 'gap';
    }
    if (previous === 0) {
      this.#keepOnly(message.data);
    }
    let isNews = false;
    for (const quote of message.data) {
      isNews = this.#set(quote) || isNews;
    }
    this.#epoch = epoch;
    this.#seq = seq;
    this.#isAnew = false;
    if (isNews) {
      this.#publishedAt = message.ts / 1_000;
    }
    return isNews ? 'applied' : 'known';
  }

  /**
   * Returns the symbols that changed, appeared or disappeared since the last call.
   * @returns {Set<string>}
   */
  takeChanged() {
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  /** Requests a snapshot next. The prices remain until it comes. */
  forgetCursor() {
    this.#epoch = this.#seq = 0;
  }

  /** Forgets everything. */
  clear() {
    this.#keepOnly([]);
    this.forgetCursor();
    this.#publishedAt = 0;
  }

  /**
   * @param {GivenQuote} given
   * @returns {boolean} whether the price is new
   */
  #set({ symbol, price: number, timestamp, stale: isStale = false }) {
    const price = plainOf(String(number));
    if (price === null) {
      return false;
    }
    const quote = this.#quotes.get(symbol);
    if (quote === undefined) {
      this.#quotes.set(symbol, { symbol, price, first: price, decimals: decimalsOf(price), timestamp, isStale });
      this.#changed.add(symbol);
      return true;
    }
    const isNews = quote.price !== price || quote.timestamp !== timestamp;
    quote.timestamp = timestamp;
    if (quote.isStale !== isStale) {
      quote.isStale = isStale;
      this.#changed.add(symbol);
    }
    if (quote.price !== price) {
      quote.price = price;
      quote.decimals = Math.max(quote.decimals, decimalsOf(price));
      this.#changed.add(symbol);
    }
    return isNews;
  }

  /** @param {{ symbol: string }[]} data */
  #keepOnly(data) {
    const kept = new Set(data.map(({ symbol }) => symbol));
    for (const symbol of this.#quotes.keys()) {
      if (!kept.has(symbol)) {
        this.#quotes.delete(symbol);
        this.#changed.add(symbol);
      }
    }
  }
}
