import { write } from '../dom/dom.js';
import { Choice } from './choice.js';
import { INTERVALS } from './intervals.js';
import { KEY_WORDS } from './keys.js';
import { Legend } from './legend.js';

/** @type {readonly { value: import('./plot.js').Style, text: string, words: string }[]} */
const STYLES = [{ value: 'candles', text: 'Candles', words: 'Candles' }, { value: 'line', text: 'Line', words: 'Line' }];

/** The elements of the chart: its controls, what is said about it, and the place where it is drawn. */
export class Frame {
  plot = document.createElement('div');
  #title = document.createElement('h2');
  #words = document.createElement('p');
  #said = document.createElement('p');
  #stale = document.createElement('span');
  #credit = document.createElement('p');
  /** @type {Choice<import('./intervals.js').IntervalName>} */
  intervals;
  /** @type {Choice<import('./plot.js').Style>} */
  styles;
  /** @type {Legend} */
  legend;

  /**
   * @param {HTMLElement} root
   * @param {{ onInterval(name: import('./intervals.js').IntervalName): void, onStyle(style: import('./plot.js').Style): void }} callbacks
   */
  constructor(root, { onInterval, onStyle }) {
    const [bar, legend, area, keys] = [document.createElement('div'), document.createElement('div'), document.createElement('div'), document.createElement('p')];
    bar.className = 'chart-bar';
    legend.className = 'chart-legend';
    area.className = 'chart-area';
    this.#words.className = 'chart-words';
    this.#words.setAttribute('role', 'status');
    this.#said.className = 'chart-keys';
    this.#said.setAttribute('role', 'status');
    this.#stale.className = 'chart-stale';
    keys.id = 'chart-keys';
    keys.className = 'chart-keys';
    keys.textContent = KEY_WORDS;
    this.plot.className = 'chart-plot';
    this.plot.tabIndex = 0;
    this.plot.setAttribute('role', 'img');
    this.plot.setAttribute('aria-describedby', keys.id);
    this.plot.hidden = true;
    this.intervals = new Choice({
      name: 'chart-interval',
      label: 'Interval',
      choices: INTERVALS.map(({ name, words }) => ({ value: name, text: name, words })),
      onChoose: onInterval,
    });
    this.styles = new Choice({ name: 'chart-style', label: 'Drawn as', choices: STYLES, onChoose: onStyle });
    bar.append(this.#title, this.#stale, this.intervals.root, this.styles.root);
    area.append(this.plot, this.#words);
    this.#showCredit();
    root.replaceChildren(bar, legend, area, keys, this.#said, this.#credit);
    this.legend = new Legend(legend);
  }

  /** @param {string} symbol */
  set title(symbol) {
    this.#title.textContent = symbol;
  }

  /** Why the newest price is not the price of now; empty if it is. */
  set stale(/** @type {string} */ text) {
    write(this.#stale, text);
  }

  /** What a screen reader is to say at once. */
  set said(/** @type {string} */ text) {
    this.#said.textContent = text;
  }

  /** What is wrong, or that something is on its way; empty if nothing is. */
  set words(/** @type {string} */ text) {
    write(this.#words, text);
  }

  /** What is seen, for those who do not see it. */
  set summary(/** @type {string} */ text) {
    this.plot.setAttribute('aria-label', text);
  }

  /** Makes room for the drawing, and names who made it, as its licence asks. */
  showPlot() {
    this.plot.hidden = this.#credit.hidden = false;
  }

  #showCredit() {
    const link = document.createElement('a');
    Object.assign(link, { href: 'https://www.tradingview.com/', target: '_blank', rel: 'noopener noreferrer', textContent: 'TradingView Lightweight Charts™' });
    this.#credit.className = 'chart-credit';
    this.#credit.hidden = true;
    this.#credit.append('Chart by ', link, ', © 2026 TradingView, Inc.');
  }
}
