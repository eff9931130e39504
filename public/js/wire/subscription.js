/**
 * What is wanted of the ticker beside all symbols of the whole market: how often, and symbols of single exchanges. Kept over
 * reconnects.
 */
export class Subscription {
  #send;
  #cadenceMs = 0;
  /** @type {Set<string>} */
  #symbols = new Set();
  /** What the server has acknowledged on this connection. */
  #givenMs = 0;

  /** @param {(message: object) => void} send sends a message; does nothing without a connection */
  constructor(send) {
    this.#send = send;
  }

  /** The symbols of single exchanges. @returns {ReadonlySet<string>} */
  get symbols() {
    return this.#symbols;
  }

  /** Whether every change comes, and none is held back because of an interval. */
  get isEveryChange() {
    return this.#cadenceMs === 0 && this.#givenMs === 0;
  }

  /** Says what is wanted to a new connection, which brings all symbols of the whole market and every change by itself. */
  begin() {
    this.#givenMs = 0;
    if (this.#cadenceMs !== 0) {
      this.#send({ type: 'subscribe', interval_ms: this.#cadenceMs });
    }
    this.#add([...this.#symbols]);
  }

  /** @param {number} ms the shortest time between two messages, in milliseconds, 0 to 60,000; 0 for every change */
  setCadence(ms) {
    if (ms !== this.#cadenceMs) {
      this.#cadenceMs = ms;
      this.#send({ type: 'subscribe', interval_ms: ms });
    }
  }

  /** @param {Iterable<string>} symbols of single exchanges, such as `coinbase:BTC-USD`: those and no others */
  watch(symbols) {
    const [before, wanted] = [this.#symbols, new Set(symbols)];
    this.#symbols = wanted;
    const removed = [...before].filter((symbol) => !wanted.has(symbol));
    if (removed.length > 0) {
      this.#send({ type: 'unsubscribe', symbols: removed });
    }
    this.#add([...wanted].filter((symbol) => !before.has(symbol)));
  }

  /** @param {{ interval_ms?: number }} message `subscribed`, of the ticker */
  acknowledged({ interval_ms: ms = 0 }) {
    this.#givenMs = ms;
  }

  /**
   * @param {{ symbols?: string[] }} error of the server
   * @returns {boolean} whether it only says that exchanges do not have some symbols, which is as good as no price
   */
  covers({ symbols = [] }) {
    return symbols.length > 0 && symbols.every((symbol) => this.#symbols.has(symbol));
  }

  /** @param {string[]} symbols */
  #add(symbols) {
    if (symbols.length > 0) {
      // Without the star, they would replace the whole market.
      this.#send({ type: 'subscribe', symbols: ['*', ...symbols] });
    }
  }
}
