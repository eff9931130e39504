import { decimalsOf } from './format.js';

/**
 * One symbol as the page knows it.
 * @typedef {object} Quote
 * @property {string} symbol
 * @property {number} price
 * @property {number} first the price when the page connected
 * @property {number} decimals the most decimals a price of this symbol was given with
 */

/**
 * What became of a message: applied; stale (older than what is known, ignored); or a gap (changes are missing
 * before it, so it cannot be applied).
 * @typedef {'applied' | 'stale' | 'gap'} Outcome
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
  #publishedAt = 0;

  /** @returns {ReadonlyMap<string, Quote>} in the order in which the server named them */
  get quotes() {
    return this.#quotes;
  }

  /** Unix milliseconds at which the newest known tick was published; 0 before the first. */
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
   * Applies a ticker message: a snapshot (`prev_seq` 0) replaces everything, a delta changes what it names.
   * @param {{ epoch: number, seq: number, prev_seq: number, ts: number, data: { symbol: string, price: number }[] }} message
   * @returns {Outcome}
   */
  apply(message) {
    const { epoch, seq, prev_seq: previous } = message;
    if (epoch < this.#epoch || (epoch === this.#epoch && seq < this.#seq)) {
      return 'stale';
    }
    // A delta of another epoch starts from a state that this page never had.
    if (previous !== 0 && (epoch !== this.#epoch || previous > this.#seq)) {
      return 'gap';
    }
    if (previous === 0) {
      this.#keepOnly(message.data);
    }
    for (const { symbol, price } of message.data) {
      this.#set(symbol, price);
    }
    this.#epoch = epoch;
    this.#seq = seq;
    this.#publishedAt = message.ts / 1_000;
    return 'applied';
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
   * @param {string} symbol
   * @param {number} price
   */
  #set(symbol, price) {
    const decimals = decimalsOf(price);
    const quote = this.#quotes.get(symbol);
    if (quote === undefined) {
      this.#quotes.set(symbol, { symbol, price, first: price, decimals });
    } else if (quote.price === price) {
      return;
    } else {
      quote.price = price;
      quote.decimals = Math.max(quote.decimals, decimals);
    }
    this.#changed.add(symbol);
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
