/** @typedef {import('./candle.js').Candle} Candle */
/** @typedef {import('./candle.js').Gap} Gap */

/** How many candles are kept at most, and how many of the oldest are forgotten at a time. */
const MOST = 50_000;
const FORGOTTEN = 5_000;

/**
 * `reset`: everything may differ. `older`: candles were added before the first one. `newest`: the last candle or the one before
 * has changed, or the last one is new.
 * @typedef {{ kind: 'reset' } | { kind: 'older' } | { kind: 'newest', candle: Candle }} ListChange
 */

/**
 * What can be seen of an addition: `newest`, a candle has changed, or the last one is new; `other`, one before the last has
 * appeared or disappeared.
 * @typedef {'nothing' | 'newest' | 'other'} Effect
 */

/**
 * The candles of a series in the order of time, each open time once. Pure.
 */
export class CandleList {
  /** @type {Candle[]} */
  #candles = [];
  /** @type {Gap[]} */
  #gaps = [];
  #hasOlder = false;
  #generation = 0;

  /** @returns {Candle[]} in the order of time */
  get candles() {
    return this.#candles;
  }

  /** @returns {Gap[]} in the order of time; none touches another */
  get gaps() {
    return this.#gaps;
  }

  /** The last one that is closed; undefined if there is none. */
  get lastClosed() {
    return this.#candles.findLast(({ isClosed }) => isClosed);
  }

  /** Whether there are candles before the first one that may be added. */
  get hasOlder() {
    return this.#hasOlder && this.#candles.length < MOST;
  }

  /** Counts how often the first candle was replaced by a later one. */
  get generation() {
    return this.#generation;
  }

  /**
   * Takes the newest page of the API. It replaces everything if it does not continue what is known.
   * @param {import('./api.js').CandlePage} page
   * @returns {ListChange}
   */
  take({ candles, gaps, nextCursor }) {
    const last = this.lastClosed?.openTime;
    // A page that ends before what is closed is of a market that has begun anew in the past.
    if (last === undefined || !(candles[0]?.openTime <= last) || candles[candles.length - 1].openTime < last) {
      this.#candles = [...candles];
      this.#gaps = union(gaps);
      this.#hasOlder = nextCursor !== null;
      this.#generation++;
    } else {
      candles.forEach((candle) => this.#put(candle));
      this.#gaps = union([...this.#gaps, ...gaps]);
    }
    return { kind: 'reset' };
  }

  /**
   * Takes a newer state of a candle, or a candle.
   * @param {Candle} candle
   * @returns {ListChange | null} null if nothing can be seen of it, as where a candle closes as it was
   */
  receive(candle) {
    const effect = this.#put(candle);
    if (effect === 'nothing') {
      return null;
    }
    if (this.#candles.length <= MOST) {
      const isNewest = effect === 'newest' && candle.openTime >= (this.#candles[this.#candles.length - 2]?.openTime ?? 0);
      return isNewest ? { kind: 'newest', candle } : { kind: 'reset' };
    }
    this.#candles = this.#candles.slice(FORGOTTEN);
    this.#gaps = this.#gaps.filter(({ to }) => to > this.#candles[0].openTime);
    this.#hasOlder = true;
    this.#generation++;
    return { kind: 'reset' };
  }

  /**
   * Takes the page of the API before the first candle.
   * @param {import('./api.js').CandlePage} page
   * @returns {ListChange}
   */
  prepend({ candles, gaps, nextCursor }) {
    const first = this.#candles[0]?.openTime ?? Infinity;
    this.#candles = [...candles.filter(({ openTime }) => openTime < first), ...this.#candles];
    this.#gaps = union([...this.#gaps, ...gaps]);
    this.#hasOlder = nextCursor !== null;
    return { kind: 'older' };
  }

  /**
   * @param {Candle} candle is ignored if it runs, and it or a later one is closed: it is out of date
   * @returns {Effect}
   */
  #put(candle) {
    if (!candle.isClosed && candle.openTime <= (this.lastClosed?.openTime ?? -Infinity)) {
      return 'nothing';
    }
    const effect = this.#insert(candle);
    return candle.isClosed && this.#dropLost(candle.openTime) ? 'other' : effect;
  }

  /**
   * @param {Candle} candle
   * @returns {Effect}
   */
  #insert(candle) {
    // Nearly always it is the last one, or the one before.
    let index = this.#candles.length;
    while (index > 0 && this.#candles[index - 1].openTime >= candle.openTime) {
      index--;
    }
    if (this.#candles[index]?.openTime === candle.openTime) {
      const effect = areSame(this.#candles[index], candle) ? 'nothing' : 'newest';
      this.#candles[index] = candle;
      return effect;
    }
    this.#candles.splice(index, 0, candle);
    return index === this.#candles.length - 1 ? 'newest' : 'other';
  }

  /**
   * A candle that is still running when a later one is closed has lost its trades, and no longer exists.
   * @param {number} openTime of the closed one
   * @returns {boolean} whether there was one
   */
  #dropLost(openTime) {
    let isLost = false;
    for (let index = this.#candles.length - 1; index >= 0; index--) {
      const candle = this.#candles[index];
      if (candle.openTime < openTime) {
        if (candle.isClosed) {
          break;
        }
        this.#candles.splice(index, 1);
        isLost = true;
      }
    }
    return isLost;
  }
}

/**
 * @param {Candle} one
 * @param {Candle} other
 * @returns {boolean} whether they differ in `isClosed` at most
 */
function areSame({ isClosed, ...one }, other) {
  return Object.entries(one).every(([name, value]) => other[/** @type {keyof Candle} */ (name)] === value);
}

/**
 * @param {Gap[]} gaps
 * @returns {Gap[]} the same times, in order, each once
 */
function union(gaps) {
  /** @type {Gap[]} */
  const result = [];
  for (const { from, to } of [...gaps].sort((one, other) => one.from - other.from)) {
    const last = result.at(-1);
    if (last !== undefined && from <= last.to) {
      last.to = Math.max(last.to, to);
    } else {
      result.push({ from, to });
    }
  }
  return result;
}
