import { timeOf, wordsOf } from './candle-words.js';

/** @type {readonly ['open' | 'high' | 'low' | 'close' | 'volume' | 'change', string][]} */
const PARTS = [['open', 'Open'], ['high', 'High'], ['low', 'Low'], ['close', 'Close'], ['volume', 'Volume'], ['change', 'Change']];

/** The values of one candle, digit by digit as they came: of the one under the crosshair, or of the newest. */
export class Legend {
  #root;
  #time = document.createElement('span');
  #partial = document.createElement('span');
  /** @type {Map<string, HTMLElement>} */
  #values = new Map();

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    this.#time.className = 'chart-time';
    this.#partial.className = 'chart-partial';
    this.#partial.textContent = 'partly recorded';
    const list = document.createElement('dl');
    for (const [name, label] of PARTS) {
      const [pair, term, value] = [document.createElement('div'), document.createElement('dt'), document.createElement('dd')];
      term.textContent = label;
      value.dataset.value = name;
      pair.append(term, value);
      list.append(pair);
      this.#values.set(name, value);
    }
    root.append(this.#time, this.#partial, list);
    this.clear();
  }

  /** Shows no candle, in the same room. */
  clear() {
    this.#root.toggleAttribute('data-empty', true);
  }

  /**
   * @param {import('./series.js').Candle} candle
   * @param {{ seconds: number, decimals: number, isPartial: boolean }} about the interval's seconds, the prices' decimals, and whether a part of
   *   the candle's time was not watched
   */
  show(candle, { seconds, decimals, isPartial }) {
    const words = wordsOf(candle, decimals);
    for (const [name] of PARTS) {
      /** @type {HTMLElement} */ (this.#values.get(name)).textContent = words[name];
    }
    this.#root.dataset.direction = words.direction;
    this.#time.textContent = `${timeOf(candle.openTime, seconds)} UTC`;
    this.#partial.hidden = !isPartial;
    this.#root.toggleAttribute('data-empty', false);
  }
}
