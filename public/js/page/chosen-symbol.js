import { hrefOf, matching } from '../market/address.js';
import { isOfExchange } from '../wire/exchange-symbol.js';

/**
 * @typedef {object} Parts
 * @property {import('../wire/market.js').Market} market
 * @property {import('../wire/connection.js').Connection} connection
 * @property {import('../market/address.js').Address} address
 * @property {{ read(name: string, fallback: any): any, write(name: string, value: any): void }} preferences
 * @property {(symbol: string | null, interval: string) => void} onChange called when another symbol or interval is shown
 */

/**
 * Which symbol the page shows, and in which interval: by its address, by the user's choice, or else the one of the last visit. It gets the
 * prices of the exchanges behind the symbol.
 */
export class ChosenSymbol {
  #parts;
  #symbol = /** @type {string | null} */ (null);
  #interval;
  /** @type {string[]} */
  #exchanges = [];
  /** Whether the address or the user names the symbol. */
  #isNamed = false;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
    const { symbol, interval } = parts.address.place;
    this.#symbol = symbol;
    this.#isNamed = symbol !== null;
    this.#interval = interval ?? String(parts.preferences.read('interval', '1m'));
  }

  /** @returns {string | null} null before the first prices, unless the address names one */
  get symbol() {
    return this.#symbol;
  }

  /** Whether somebody has asked for it: on a phone, it then stands in place of the list. */
  get isNamed() {
    return this.#isNamed;
  }

  get interval() {
    return this.#interval;
  }

  /** @returns {import('../wire/market.js').Quote | null} null if it has no price */
  get quote() {
    return this.#symbol === null ? null : this.#parts.market.quotes.get(this.#symbol) ?? null;
  }

  /** @returns {import('../wire/market.js').Quote[]} its prices at each exchange */
  get exchangeQuotes() {
    const { quotes } = this.#parts.market;
    return this.#exchangeSymbols.flatMap((symbol) => quotes.get(symbol) ?? []);
  }

  /** There are prices: finds the symbol that the address means, and takes one where it names none. */
  settle() {
    const symbols = [...this.#parts.market.quotes.keys()];
    if (this.#symbol === null) {
      const last = this.#parts.preferences.read('symbol', null);
      this.#show(symbols.includes(last) ? last : symbols[0] ?? null, this.#interval);
    } else {
      this.#show(matching(this.#symbol, symbols) ?? this.#symbol, this.#interval);
    }
  }

  /**
   * The user chooses a symbol.
   * @param {string} symbol
   */
  choose(symbol) {
    this.#isNamed = true;
    this.#parts.preferences.write('symbol', symbol);
    this.#parts.address.write({ symbol, interval: this.#interval });
    this.#show(symbol, this.#interval);
  }

  /** @param {string} interval chosen by the user */
  chooseInterval(interval) {
    this.#parts.preferences.write('interval', interval);
    if (this.#isNamed) {
      this.#parts.address.write({ symbol: this.#symbol, interval });
    }
    this.#show(this.#symbol, interval);
  }

  /**
   * The user went back or forward.
   * @param {import('../market/address.js').Place} place
   */
  goTo({ symbol, interval }) {
    this.#isNamed = symbol !== null;
    this.#show(symbol ?? this.#symbol, interval ?? this.#interval);
  }

  /** Back to the list, on a phone. */
  leave() {
    this.#isNamed = false;
    history.pushState(null, '', hrefOf({ symbol: null, interval: null }));
    this.#parts.onChange(this.#symbol, this.#interval);
  }

  /** @param {import('../wire/feed.js').Feed[]} feeds the exchanges that prices come from */
  setExchanges(feeds) {
    this.#exchanges = feeds.map(({ exchange }) => exchange);
    this.#watch();
  }

  /** Nothing is shown any more. */
  forget() {
    this.#exchanges = [];
    this.#symbol = this.#parts.address.place.symbol;
    this.#watch();
  }

  /**
   * @param {string | null} symbol
   * @param {string} interval
   */
  #show(symbol, interval) {
    this.#symbol = symbol;
    this.#interval = interval;
    this.#watch();
    this.#parts.onChange(symbol, interval);
  }

  #watch() {
    this.#parts.connection.watchExchangeSymbols(this.#exchangeSymbols);
  }

  /** Empty for a symbol of one exchange, behind which there are no others; it has to be asked for itself. */
  get #exchangeSymbols() {
    const symbol = this.#symbol;
    if (symbol === null) {
      return [];
    }
    return isOfExchange(symbol) ? [symbol] : this.#exchanges.map((exchange) => `${exchange}:${symbol}`);
  }
}
