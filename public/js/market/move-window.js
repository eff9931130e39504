/** The most samples that one direction keeps. A price that only rises for the whole time would otherwise fill the memory. */
const MOST_SAMPLES = 600;
const SHORTEST_STEP_MS = 1_000;

/**
 * @typedef {{ at: number, price: number }} Sample
 */

/**
 * How far a price has moved within a time: the lowest and the highest price of that time, each from a list in which only those
 * samples are kept that may still become it. One sample a second at most.
 */
export class MoveWindow {
  #lengthMs;
  #stepMs;
  /** @type {Sample[]} rising prices; the first is the lowest of the window */
  #lows = [];
  /** @type {Sample[]} falling prices; the first is the highest of the window */
  #highs = [];
  /** The newest price, which holds until another one comes. */
  #standing = NaN;

  /** @param {number} lengthMs the time that it looks back */
  constructor(lengthMs) {
    this.#lengthMs = lengthMs;
    this.#stepMs = Math.max(SHORTEST_STEP_MS, lengthMs / MOST_SAMPLES);
  }

  /** How many samples are kept. */
  get size() {
    return this.#lows.length + this.#highs.length;
  }

  /**
   * Takes a price.
   * @param {number} price above zero
   * @param {number} now milliseconds of a clock that never goes back
   */
  push(price, now) {
    if (this.#standing > 0) {
      this.#add(this.#standing, now); // It stood until now, however long ago it came.
    }
    this.#add(price, now);
    this.#standing = price;
    const oldest = now - this.#lengthMs;
    expire(this.#lows, oldest);
    expire(this.#highs, oldest);
  }

  /**
   * The largest move to the newest price.
   * @returns {number} in percent of where it began: positive for a rise, negative for a fall; 0 without any
   */
  get move() {
    if (this.#lows.length === 0) {
      return 0;
    }
    const rise = (this.#standing / this.#lows[0].price - 1) * 100;
    const fall = (this.#standing / this.#highs[0].price - 1) * 100;
    return rise >= -fall ? rise : fall;
  }

  /** Forgets all prices. */
  clear() {
    this.#lows = [];
    this.#highs = [];
    this.#standing = NaN;
  }

  /**
   * @param {number} price
   * @param {number} at
   */
  #add(price, at) {
    add(this.#lows, { at, price }, this.#stepMs, (kept) => kept < price);
    add(this.#highs, { at, price }, this.#stepMs, (kept) => kept > price);
  }
}

/**
 * @param {Sample[]} samples
 * @param {Sample} sample
 * @param {number} stepMs
 * @param {(kept: number) => boolean} isBeyond whether a kept price is further out than the new one
 */
function add(samples, sample, stepMs, isBeyond) {
  while (samples.length > 0 && !isBeyond(samples[samples.length - 1].price)) {
    samples.pop();
  }
  const last = samples[samples.length - 1];
  if (last === undefined || sample.at - last.at >= stepMs) {
    samples.push(sample);
  }
}

/**
 * @param {Sample[]} samples
 * @param {number} oldest the last one is kept, which stands
 */
function expire(samples, oldest) {
  while (samples.length > 1 && samples[0].at < oldest) {
    samples.shift();
  }
}
