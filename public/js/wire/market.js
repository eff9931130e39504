import { isOfExchange } from './exchange-symbol.js';
import { quoteOf, update } from './quote.js';

/** @typedef {import('./quote.js').Quote} Quote */

/**
 * The result of a message: `applied`; `known` (applied, but without a new price of the market, such as a snapshot of one that
 * does not move, or prices of single exchanges alone); `stale` (older than the market, ignored); or `gap` (changes before it are missing, so it cannot be applied).
 * @typedef {'applied' | 'known' | 'stale' | 'gap'} Outcome
 */

/**
 * The newest price of every symbol, at a cursor (epoch, seq).
 * Changed symbols are collected until they are painted.
 */
export class Market {
  #now;
  /** @type {Map<string, Quote>} */
  #quotes = new Map();
  /** @type {Set<string>} */
  #changed = new Set();
  #epoch = 0;
  #seq = 0;
  /** Whether to accept the next snapshot whatever its epoch. */
  #isAnew = false;
  /** @type {ReadonlySet<string>} The symbols that a snapshot may lack, because this connection does not bring them yet. */
  #awaited = new Set();
  #publishedAt = 0;
  #symbols = 0;
  #stale = 0;

  /** @param {() => number} [now] the monotonic clock */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** @returns {ReadonlyMap<string, Quote>} in the server's order */
  get quotes() {
    return this.#quotes;
  }

  /** How many symbols of the whole market there are: those of single exchanges stand behind them. */
  get symbols() {
    return this.#symbols;
  }

  /** How many of these the server says may be out of date. */
  get stale() {
    return this.#stale;
  }

  /** Unix milliseconds, by the server's clock, at which the newest price was published; 0 before the first. */
  get publishedAt() {
    return this.#publishedAt;
  }

  /** Unix seconds of the newest price of any symbol; -Infinity if there is none. */
  get newestTimestamp() {
    let newest = -Infinity;
    for (const { timestamp } of this.#quotes.values()) {
      newest = Math.max(newest, timestamp);
    }
    return newest;
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
   * @param {Iterable<string>} [awaited] symbols of single exchanges, which the connection brings only after it was asked to:
   *   they remain until `keepExchangeSymbols` says otherwise
   */
  begin(epoch, awaited = []) {
    this.#isAnew = epoch !== this.#epoch;
    this.#awaited = new Set(awaited);
  }

  /**
   * Removes the symbols of single exchanges that the connection does not bring.
   * @param {Iterable<string>} symbols those that it brings; others may be among them
   */
  keepExchangeSymbols(symbols) {
    const kept = new Set(symbols);
    this.#awaited = new Set();
    this.#remove((symbol) => isOfExchange(symbol) && !kept.has(symbol));
  }

  /**
   * Applies a ticker message: a snapshot (`prev_seq` 0) replaces the market, a delta changes the symbols that it contains.
   * @param {{ epoch: number, seq: number, prev_seq: number, ts: number | string, data: import('./quote.js').GivenQuote[] }} message
   * @returns {Outcome}
   */
  apply(message) {
    const [epoch, seq, previous] = [Number(message.epoch), Number(message.seq), Number(message.prev_seq)];
    if (epoch === this.#epoch ? seq < this.#seq : epoch < this.#epoch && !this.#isAnew) {
      return 'stale';
    }
    // A delta of another epoch starts from a state that this page does not have.
    if (previous !== 0 && (epoch !== this.#epoch || previous > this.#seq)) {
      return 'gap';
    }
    if (previous === 0) {
      const kept = new Set(message.data.map(({ symbol }) => symbol));
      this.#remove((symbol) => !kept.has(symbol) && !this.#awaited.has(symbol));
    }
    const now = this.#now();
    let isNews = false;
    for (const quote of message.data) {
      const isNew = this.#set(quote, now);
      // Where an exchange moves and the price of the whole market does not, nothing that the list shows is news.
      isNews ||= isNew && (this.#symbols === 0 || !isOfExchange(quote.symbol));
    }
    this.#epoch = epoch;
    this.#seq = seq;
    this.#isAnew = false;
    if (isNews) {
      this.#publishedAt = Number(message.ts) / 1_000;
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
    this.#remove(() => true);
    this.forgetCursor();
    this.#publishedAt = 0;
  }

  /**
   * @param {import('./quote.js').GivenQuote} given
   * @param {number} now
   * @returns {boolean} whether the price is new
   */
  #set(given, now) {
    const known = this.#quotes.get(given.symbol);
    if (known !== undefined) {
      this.#count(known, -1);
      const difference = update(known, given, now);
      this.#count(known, 1);
      if (difference !== 'nothing') {
        this.#changed.add(given.symbol);
      }
      return difference === 'price';
    }
    const quote = quoteOf(given, now);
    if (quote !== null) {
      this.#quotes.set(quote.symbol, quote);
      this.#changed.add(quote.symbol);
      this.#count(quote, 1);
    }
    return quote !== null;
  }

  /** @param {(symbol: string) => boolean} isGone */
  #remove(isGone) {
    for (const quote of this.#quotes.values()) {
      if (isGone(quote.symbol)) {
        this.#count(quote, -1);
        this.#quotes.delete(quote.symbol);
        this.#changed.add(quote.symbol);
      }
    }
  }

  /**
   * @param {Quote} quote
   * @param {1 | -1} change
   */
  #count({ symbol, isStale }, change) {
    if (!isOfExchange(symbol)) {
      this.#symbols += change;
      this.#stale += isStale ? change : 0;
    }
  }
}
