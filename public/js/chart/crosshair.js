import { candleAt, indexAt } from './timeline.js';

/** @typedef {import('./series.js').Candle} Candle */

/**
 * @typedef {object} Parts
 * @property {() => import('./plot.js').Plot | null} plot what is drawn, if it is there
 * @property {() => readonly Candle[]} candles in the order of time
 * @property {() => void} onMove called when it is on another candle, or on none
 * @property {(candle: Candle) => void} onRead called when it was moved by keys: its user may not see it
 */

/** The candle that is read, chosen by the pointer or by keys. */
export class Crosshair {
  #parts;
  #openTime = /** @type {number | null} */ (null);
  #isByKeys = false;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** The candle's open time; null for none. */
  get openTime() {
    return this.#openTime;
  }

  /**
   * What is drawn under the crosshair is another candle.
   * @param {number | null} openTime null for none
   * @param {boolean} isByPointer whether the pointer was moved. Otherwise the drawing was: what keys have chosen stays chosen
   */
  hover(openTime, isByPointer) {
    if (isByPointer || !this.#isByKeys) {
      this.#isByKeys = false;
      this.#move(openTime);
    }
  }

  /**
   * Moves by keys; the first step is to the newest candle.
   * @param {number} by candles; negative to older ones
   */
  step(by) {
    const candles = this.#parts.candles();
    const at = this.#openTime === null ? candles.length - Math.min(by, 0) - 1 : indexAt(candles, this.#openTime);
    const candle = candles[Math.min(Math.max(at + by, 0), candles.length - 1)];
    const plot = this.#parts.plot();
    if (candle !== undefined && plot !== null) {
      this.#isByKeys = true;
      plot.reveal(candle.openTime);
      plot.point(candle.openTime, Number(candle.close));
      this.#move(candle.openTime);
      this.#parts.onRead(candle);
    }
  }

  /** Puts it back on the candle that keys have chosen: it stays where it is on the screen when candles come. */
  redraw() {
    const candle = this.#isByKeys && this.#openTime !== null ? candleAt(this.#parts.candles(), this.#openTime) : undefined;
    if (candle !== undefined) {
      this.#parts.plot()?.point(candle.openTime, Number(candle.close));
    }
  }

  /** Leaves the candle. */
  letGo() {
    this.#isByKeys = false;
    this.#parts.plot()?.pointAway();
    this.#move(null);
  }

  /** @param {number | null} openTime */
  #move(openTime) {
    this.#openTime = openTime;
    this.#parts.onMove();
  }
}
