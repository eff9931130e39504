import { element, write } from '../dom/dom.js';
import { formatCompact } from '../format/compact.js';
import { formatPrice } from '../format/format.js';
import { baseOf } from '../market/symbols.js';
import { formatSpan } from '../wire/duration.js';
import { COLUMNS } from './columns.js';
import { HEIGHT, pathOf, WIDTH } from './course-path.js';
import { PriceCell } from './price-cell.js';

const SVG = 'http://www.w3.org/2000/svg';
const TRENDS = ['down', 'level', 'up'];
const UNKNOWN = '–';

/**
 * @typedef {import('../wire/market.js').Quote} Quote
 * @typedef {import('../market/day-figures.js').DayFigures} DayFigures
 */

/**
 * The row of one symbol. It is used for another symbol when its own is out of sight.
 */
export class SymbolRow {
  kind = /** @type {const} */ ('symbol');
  /** The symbol that it shows; written by the grid. */
  symbol = '';
  /** How far down the list it stands, in pixels. */
  y = -1;
  element = element('div', { role: 'row', class: 'row', tabindex: '-1' });
  #mark = document.createTextNode('☆');
  #star = element('button', { type: 'button', class: 'mark', tabindex: '-1' }, [this.#mark]);
  #base = document.createTextNode('');
  #unit = document.createTextNode('');
  #age = document.createTextNode('');
  #course = document.createElementNS(SVG, 'path');
  #price;
  #percent = document.createTextNode('');
  #absolute = document.createTextNode('');
  /** The figures that are shown as they are. */
  #texts = {
    high: document.createTextNode(''),
    low: document.createTextNode(''),
    volume: document.createTextNode(''),
    bid: document.createTextNode(''),
    ask: document.createTextNode(''),
  };
  /** What the row was painted from last, to leave alone what did not change. */
  #shown = { price: '', decimals: -1, isStale: false, trend: '' };
  /** Whether the figures beside the price may be others than those that are shown. */
  #isBehind = false;

  constructor() {
    const svg = document.createElementNS(SVG, 'svg');
    svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
    svg.setAttribute('preserveAspectRatio', 'none');
    svg.setAttribute('aria-hidden', 'true');
    this.#course.setAttribute('vector-effect', 'non-scaling-stroke');
    svg.append(this.#course);
    /** @type {Record<string, Node[]>} */
    const contents = {
      star: [this.#star],
      symbol: [
        element('span', { class: 'name' }, [element('b', {}, [this.#base]), this.#unit]),
        element('span', { class: 'age' }, [this.#age]),
      ],
      course: [svg],
      price: [],
      change: [element('span', { class: 'absolute' }, [this.#absolute]), element('span', { class: 'percent' }, [this.#percent])],
      high: [this.#texts.high],
      low: [this.#texts.low],
      volume: [this.#texts.volume],
      bid: [this.#texts.bid],
      ask: [this.#texts.ask],
    };
    const cells = COLUMNS.map(({ name }) => element('div', {
      role: name === 'symbol' ? 'rowheader' : 'gridcell',
      class: `cell ${name}`,
    }, contents[name]));
    this.#price = new PriceCell(cells[COLUMNS.findIndex(({ name }) => name === 'price')]);
    this.element.append(...cells);
  }

  /**
   * Shows a symbol.
   * @param {Quote} quote
   * @param {DayFigures} figures
   */
  begin(quote, figures) {
    const base = baseOf(quote.symbol);
    write(this.#base, base);
    write(this.#unit, quote.symbol.slice(base.length));
    this.#shown.price = quote.price;
    this.#shown.decimals = quote.decimals;
    this.#price.begin(quote);
    this.#paintFigures(quote, figures);
    this.#paintStale(quote);
  }

  /**
   * Shows the price, and whether it is stale. The figures beside it follow with `catchUp`: to write them in each frame
   * would cost more than all else, and nobody could read them.
   * @param {Quote} quote of the same symbol
   * @returns {boolean} whether its price has become stale
   */
  paint(quote) {
    if (quote.price !== this.#shown.price || quote.decimals !== this.#shown.decimals) {
      this.#shown.price = quote.price;
      this.#shown.decimals = quote.decimals;
      this.#price.paint(quote);
    }
    this.#isBehind = true;
    if (quote.isStale === this.#shown.isStale) {
      return false;
    }
    this.#paintStale(quote);
    return quote.isStale;
  }

  /**
   * Shows the figures beside the price, if they may have changed; called ten times a second.
   * @param {Quote} quote of the same symbol
   * @param {DayFigures} figures
   */
  catchUp(quote, figures) {
    if (this.#isBehind) {
      this.#paintFigures(quote, figures);
    }
  }

  /** Called a few times a second. */
  beat() {
    this.#price.beat();
  }

  /**
   * Shows how old a stale price is; called each second.
   * @param {number} ageMs
   */
  showAge(ageMs) {
    if (this.#shown.isStale) {
      write(this.#age, `${formatSpan(Math.max(0, ageMs))} old`);
    }
  }

  /** @param {number[] | undefined} prices the course, the present price included; undefined if it is not known yet */
  showCourse(prices) {
    this.#course.setAttribute('d', prices === undefined ? '' : pathOf(prices));
  }

  /** @param {boolean} isStarred */
  showStar(isStarred) {
    write(this.#mark, isStarred ? '★' : '☆');
    this.#star.setAttribute('aria-pressed', String(isStarred));
    this.#star.setAttribute('aria-label', `Star ${this.symbol}`);
  }

  /**
   * @param {Quote} quote
   * @param {DayFigures} figures
   */
  #paintFigures(quote, figures) {
    const { decimals, details } = quote;
    this.#isBehind = false;
    const change = figures.change(quote);
    write(this.#percent, change.percent);
    write(this.#absolute, change.absolute);
    const trend = TRENDS[change.direction + 1];
    if (this.#shown.trend !== trend) {
      this.#shown.trend = this.element.dataset.trend = trend;
    }
    write(this.#texts.high, priceText(figures.high(quote), decimals));
    write(this.#texts.low, priceText(figures.low(quote), decimals));
    write(this.#texts.volume, formatCompact(figures.turnover(quote) ?? NaN));
    write(this.#texts.bid, priceText(details.bid, decimals));
    write(this.#texts.ask, priceText(details.ask, decimals));
  }

  /** @param {Quote} quote */
  #paintStale({ isStale }) {
    this.#shown.isStale = isStale;
    this.element.classList.toggle('stale', isStale);
    write(this.#age, isStale ? 'stale' : '');
  }
}

/**
 * @param {string | undefined} price
 * @param {number} decimals
 */
function priceText(price, decimals) {
  return price === undefined ? UNKNOWN : formatPrice(price, decimals);
}
