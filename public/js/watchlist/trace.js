const SAMPLES = 120;
const WIDTH = 120;
const HEIGHT = 40;
const MARGIN = 2;

/**
 * A chart of one price over the last minute at most, with a level line at the first price.
 */
export class Trace {
  /** @type {number[]} */
  #samples = [];
  #line;
  #level;

  /** @param {SVGElement} svg with a `line` and a `polyline` in a view box of 120 by 40 */
  constructor(svg) {
    this.#level = /** @type {SVGLineElement} */ (svg.querySelector('line'));
    this.#line = /** @type {SVGPolylineElement} */ (svg.querySelector('polyline'));
  }

  /**
   * Adds a sample and draws; called twice a second.
   * @param {number} price
   * @param {number} first the price of the level line
   */
  add(price, first) {
    if (this.#samples.length === 0) {
      this.#samples.push(first);
    }
    this.#samples.push(price);
    if (this.#samples.length > SAMPLES) {
      this.#samples.shift();
    }
    const low = Math.min(first, ...this.#samples);
    const high = Math.max(first, ...this.#samples);
    const span = high - low;
    const y = (/** @type {number} */ value) =>
      span === 0 ? HEIGHT / 2 : MARGIN + (high - value) / span * (HEIGHT - 2 * MARGIN);
    const step = WIDTH / (this.#samples.length - 1);
    this.#line.setAttribute('points', this.#samples.map((value, index) =>
      `${(index * step).toFixed(1)},${y(value).toFixed(1)}`).join(' '));
    const level = y(first).toFixed(1);
    this.#level.setAttribute('y1', level);
    this.#level.setAttribute('y2', level);
  }
}
