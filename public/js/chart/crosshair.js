import { indexAt } from './timeline.js';

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
  /** @type {number | null} The candle's open time; null for none. */
  openTime = null;
  #parts;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * The pointer is over a candle.
   * @param {number | null} openTime null if it is over none
   */
  hover(openTime) {
    this.openTime = openTime;
    this.#parts.onMove();
  }

  /**
   * Moves by keys; the first step is to the newest candle.
   * @param {number} by candles; negative to older ones
   */
  step(by) {
    const candles = this.#parts.candles();
    const at = this.openTime === null ? candles.length - Math.min(by, 0) - 1 : indexAt(candles, this.openTime);
    const candle = candles[Math.min(Math.max(at + by, 0), candles.length - 1)];
    const plot = this.#parts.plot();
    if (candle !== undefined && plot !== null) {
      plot.point(candle.openTime, Number(candle.close));
      this.hover(candle.openTime);
      this.#parts.onRead(candle);
    }
  }

  /** Leaves the candle that keys have chosen. */
  letGo() {
    this.#parts.plot()?.pointAway();
    this.hover(null);
  }
}
