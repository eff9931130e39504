/** The course of a day in candles of 15 minutes. */
const INTERVAL = '15m';
const SLOT_S = 900;
const SLOTS = 96;

/** How long a course is shown before it is asked for again. */
const KEPT_MS = 900_000;

/** How many requests run at the same time. The charts of the page ask for candles too. */
const AT_ONCE = 4;

/** The pause after an answer that was none, if it names no longer one. */
const PAUSE_MS = 5_000;

/**
 * @typedef {object} Course
 * @property {number[]} closes
 * @property {number} loadedAt milliseconds of the clock that never goes back
 */

/**
 * The courses of prices over the last 24 hours, of those symbols that somebody sees.
 */
export class Sparklines {
  #api;
  #onReady;
  #now;
  #unixNow;
  /** @type {Map<string, Course>} */
  #courses = new Map();
  /** @type {string[]} The symbols to ask for, the next one last. */
  #queue = [];
  /** @type {Set<string>} */
  #asking = new Set();
  #running = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} Runs while the server wants no requests. */
  #pause;

  /**
   * @param {object} parts
   * @param {Pick<import('../wire/api.js').Api, 'candles'>} parts.api
   * @param {(symbol: string) => void} parts.onReady called when the course of a symbol is known, or known anew
   * @param {() => number} [parts.now] milliseconds of a clock that never goes back
   * @param {() => number} [parts.unixNow] Unix milliseconds
   */
  constructor({ api, onReady, now = () => performance.now(), unixNow = () => Date.now() }) {
    this.#api = api;
    this.#onReady = onReady;
    this.#now = now;
    this.#unixNow = unixNow;
  }

  /**
   * Says which symbols are seen. Those that are not, and are not being asked for already, are no longer asked for.
   * @param {string[]} symbols
   */
  want(symbols) {
    const oldest = this.#now() - KEPT_MS;
    const missing = symbols.filter((symbol) => !this.#asking.has(symbol) && !((this.#courses.get(symbol)?.loadedAt ?? -Infinity) > oldest));
    const waiting = new Set(this.#queue);
    // Those that have come into sight just now go first, from the top.
    this.#queue = [
      ...missing.filter((symbol) => waiting.has(symbol)).reverse(),
      ...missing.filter((symbol) => !waiting.has(symbol)).reverse(),
    ];
    this.#ask();
  }

  /**
   * @param {string} symbol
   * @returns {number[] | undefined} closing prices of 96 quarters of an hour, the newest last, NaN where none is known;
   *   undefined if they were not loaded
   */
  of(symbol) {
    return this.#courses.get(symbol)?.closes;
  }

  /** Forgets everything, for example because the key has changed. */
  clear() {
    this.#running.abort();
    this.#running = new AbortController();
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#queue = [];
    this.#asking.clear();
    this.#courses.clear();
  }

  #ask() {
    while (this.#pause === undefined && this.#asking.size < AT_ONCE) {
      const symbol = this.#queue.pop();
      if (symbol === undefined) {
        return;
      }
      this.#asking.add(symbol);
      void this.#load(symbol, this.#running);
    }
  }

  /**
   * @param {string} symbol
   * @param {AbortController} running
   */
  async #load(symbol, running) {
    // The running candle is one more than the whole ones.
    const answer = await this.#api.candles({ symbol, interval: INTERVAL, limit: SLOTS + 1 }, running.signal);
    if (running !== this.#running) {
      return;
    }
    this.#asking.delete(symbol);
    if (answer.kind === 'ok' || answer.kind === 'missing') {
      const closes = answer.kind === 'ok' ? closesOf(answer.value, this.#unixNow() / 1_000) : [];
      this.#courses.set(symbol, { closes, loadedAt: this.#now() });
      this.#onReady(symbol);
    } else {
      this.#queue.unshift(symbol);
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => {
        this.#pause = undefined;
        this.#ask();
      }, Math.max(PAUSE_MS, answer.afterMs));
    }
    this.#ask();
  }
}

/**
 * @param {{ candles: { openTime: number, close: string }[], gaps: { from: number, to: number }[] }} page
 * @param {number} now Unix seconds by this device. If the newest candle is later, that counts: its clock is the server's
 * @returns {number[]}
 */
function closesOf({ candles, gaps }, now) {
  const newest = Math.max(candles.at(-1)?.openTime ?? 0, Math.floor(now / SLOT_S) * SLOT_S);
  const oldest = newest - (SLOTS - 1) * SLOT_S;
  const closes = [];
  let close = NaN;
  let next = 0;
  for (let time = oldest; time <= newest; time += SLOT_S) {
    while (next < candles.length && candles[next].openTime <= time) {
      close = Number(candles[next++].close);
    }
    // Without a candle nothing was traded and the price stood still, unless nobody watched.
    const isCandle = candles[next - 1]?.openTime === time;
    const isWatched = !gaps.some(({ from, to }) => from <= time && to >= time + SLOT_S);
    closes.push(isCandle || isWatched ? close : NaN);
  }
  return closes;
}
