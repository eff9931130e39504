import { decimalsOf, plainOf } from './decimal.js';

/**
 * One symbol as the page knows it.
 * @typedef {object} Quote
 * @property {string} symbol
 * @property {string} price a plain decimal, of the digits that were sent
 * @property {string} first the price when the page connected
 * @property {number} decimals the most decimals a price of this symbol was given with
 * @property {number} timestamp Unix seconds of the price
 */

/**
 * What became of a message: `applied`; `known` (applied, but it has no price that is new here, like the snapshot of a
 * market that stands still); `stale` (older than what is known, ignored); or `gap` (changes are missing before it, so it
 * cannot be applied).
 * @typedef {'applied' | 'known' | 'stale' | 'gap'} Outcome
 */

/**
 * The newest price of every symbol, and the cursor (epoch, seq) up to which they are known.
 * Changed symbols are collected until somebody paints them.
 */
export class Market {
  /** @type {Map<string, Quote>} */
  #quotes = new Map();
  /** @type {Set<string>} */
  #changed = new Set();
  #epoch = 0;
  #seq = 0;
  /** Whether the next snapshot counts whatever its epoch. */
  #isAnew = false;
  #publishedAt = 0;

  /** @returns {ReadonlyMap<string, Quote>} in the order in which the server named them */
  get quotes() {
    return this.#quotes;
  }

  /** Unix milliseconds, by the server's clock, at which the newest price was published; 0 before the first. */
  get publishedAt() {
    return this.#publishedAt;
  }

  /**
   * Where to resume.
   * @returns {{ epoch: number, seq: number } | null} null where only a snapshot will do
   */
  get cursor() {
    return this.#epoch > 0 ? { epoch: this.#epoch, seq: this.#seq } : null;
  }

  /**
   * A new connection begins. Where its server is in another epoch than this market, its first snapshot replaces the
   * market, also if that epoch is a lower one: a server whose clock was set back, or that lost its store, has no other.
   * @param {number} epoch as the server names it in its welcome
   */
  begin(epoch) {
    this.#isAnew = epoch !== this.#epoch;
  }

  /**
   * Applies a ticker message: a snapshot (`prev_seq` 0) replaces everything, a delta changes what it names.
   * @param {{ epoch: number, seq: number, prev_seq: number, ts: number, data: { symbol: string, price: string | number, timestamp: number }[] }} message
   * @returns {Outcome}
   */
  apply(message) {
    const { epoch, seq, prev_seq: previous } = message;
    if (epoch === this.#epoch ? seq < this.#seq : epoch < this.#epoch && !this.#isAnew) {
      return 'stale';
    }
    // A delta of another epoch starts from a state that this page never had.
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
   * Hands over the symbols that changed, appeared or went since the last call.
   * @returns {Set<string>}
   */
  takeChanged() {
    const changed = this.#changed;
    this.#changed = new Set();
    return changed;
  }

  /** Makes the next message a snapshot; the prices stay until it comes. */
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
   * @param {{ symbol: string, price: string | number, timestamp: number }} given
   * @returns {boolean} whether it is a price that is new here
   */
  #set({ symbol, price: number, timestamp }) {
    const price = plainOf(String(number));
    if (price === null) {
      return false;
    }
    const quote = this.#quotes.get(symbol);
    if (quote === undefined) {
      this.#quotes.set(symbol, { symbol, price, first: price, decimals: decimalsOf(price), timestamp });
      this.#changed.add(symbol);
      return true;
    }
    const isNews = quote.price !== price || quote.timestamp !== timestamp;
    quote.timestamp = timestamp;
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
