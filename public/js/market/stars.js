const NAME = 'stars';

/**
 * The symbols that the user has starred, kept between visits.
 */
export class Stars {
  #preferences;
  /** @type {Set<string>} */
  #symbols = new Set();

  /** @param {Pick<import('./preferences.js').Preferences, 'read' | 'write'>} preferences */
  constructor(preferences) {
    this.#preferences = preferences;
    this.reload();
  }

  /** The number of starred symbols, those that the market does not have at present included. */
  get size() {
    return this.#symbols.size;
  }

  /**
   * @param {string} symbol
   * @returns {boolean}
   */
  has(symbol) {
    return this.#symbols.has(symbol);
  }

  /**
   * Stars a symbol, or takes its star away.
   * @param {string} symbol
   * @returns {boolean} whether it is starred now
   */
  toggle(symbol) {
    const isStarred = !this.has(symbol);
    // Another tab may have starred others since.
    this.reload();
    if (isStarred) {
      this.#symbols.add(symbol);
    } else {
      this.#symbols.delete(symbol);
    }
    this.#preferences.write(NAME, [...this.#symbols]);
    return isStarred;
  }

  /** Reads them again, after another tab may have changed them. */
  reload() {
    const kept = this.#preferences.read(NAME, /** @type {unknown} */ (null));
    this.#symbols = new Set(Array.isArray(kept) ? kept.filter((symbol) => typeof symbol === 'string') : []);
  }
}
