import { compare } from '../wire/decimal.js';
import { firstDifference, formatDifference, formatPercent, formatPrice } from '../format/format.js';
import { Trace } from './trace.js';

/** With up to this many symbols, cells are large and show a chart. */
const FEW = 6;

/** With up to this many, cells are of medium size. */
const SOME = 36;

/** The names of the comparisons -1, 0 and 1. */
const MOVES = ['down', 'level', 'up'];

/**
 * The elements of one symbol.
 * @typedef {object} Cell
 * @property {HTMLElement} root
 * @property {Text} kept the leading digits that did not change
 * @property {Text} moved the digits that did
 * @property {HTMLElement} light the element around the changed digits
 * @property {HTMLElement} change
 * @property {Text} percent
 * @property {Text} absolute
 * @property {Trace} trace
 * @property {string} text the price as shown
 * @property {string} price a plain decimal
 * @property {boolean} isStale
 * @property {boolean} odd toggles with every change, to restart the animation
 */

/**
 * The grid of prices. Updates only the cells of changed symbols.
 */
export class QuotesView {
  #list;
  #template;
  /** @type {Map<string, Cell>} */
  #cells = new Map();
  #widest = 0;

  /**
   * @param {HTMLElement} list
   * @param {HTMLTemplateElement} template of one cell
   */
  constructor(list, template) {
    this.#list = list;
    this.#template = template;
  }

  /**
   * @param {ReadonlyMap<string, import('../wire/market.js').Quote>} quotes
   * @param {Iterable<string>} changed the symbols to paint
   */
  paint(quotes, changed) {
    const count = this.#cells.size;
    const widest = this.#widest;
    const added = document.createDocumentFragment();
    for (const symbol of changed) {
      const quote = quotes.get(symbol);
      const cell = this.#cells.get(symbol);
      if (quote === undefined) {
        cell?.root.remove();
        this.#cells.delete(symbol);
      } else if (cell === undefined) {
        added.append(this.#add(quote).root);
      } else {
        if (cell.price !== quote.price) {
          this.#move(cell, quote);
        }
        this.#paintStale(cell, quote);
      }
    }
    this.#list.append(added);
    if (this.#cells.size !== count) {
      this.#list.dataset.density = this.#cells.size <= FEW ? 'few' : this.#cells.size <= SOME ? 'some' : 'many';
    }
    if (this.#cells.size === 0) {
      this.#widest = 0;
    }
    if (this.#widest !== widest) {
      // All prices have the size in which the widest one fits its cell.
      this.#list.style.setProperty('--widest', String(this.#widest));
    }
  }

  /**
   * Draws the charts, if the cells are large enough.
   * @param {ReadonlyMap<string, import('../wire/market.js').Quote>} quotes
   */
  trace(quotes) {
    if (this.#cells.size <= FEW) {
      for (const [symbol, cell] of this.#cells) {
        const quote = quotes.get(symbol);
        if (quote !== undefined) {
          cell.trace.add(Number(quote.price), Number(quote.first));
        }
      }
    }
  }

  /** @param {import('../wire/market.js').Quote} quote */
  #add(quote) {
    const root = /** @type {HTMLElement} */ (this.#template.content.cloneNode(true).firstElementChild);
    const part = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(`.${name}`));
    const text = (/** @type {HTMLElement} */ element) => element.appendChild(document.createTextNode(''));
    root.dataset.symbol = quote.symbol;
    const dash = quote.symbol.lastIndexOf('-');
    const baseEnds = dash > 0 ? dash : quote.symbol.length;
    part('base').textContent = quote.symbol.slice(0, baseEnds);
    part('unit').textContent = quote.symbol.slice(baseEnds);
    const cell = {
      root,
      kept: text(part('kept')),
      moved: text(part('moved')),
      light: part('moved'),
      change: part('change'),
      percent: text(part('percent')),
      absolute: text(part('absolute')),
      trace: new Trace(/** @type {SVGElement} */ (root.querySelector('.trace'))),
      text: formatPrice(quote.price, quote.decimals),
      price: quote.price,
      isStale: false,
      odd: false,
    };
    cell.kept.data = cell.text;
    this.#widest = Math.max(this.#widest, cell.text.length);
    this.#paintChange(cell, quote);
    this.#paintStale(cell, quote);
    this.#cells.set(quote.symbol, cell);
    return cell;
  }

  /**
   * @param {Cell} cell
   * @param {import('../wire/market.js').Quote} quote
   */
  #move(cell, quote) {
    const text = formatPrice(quote.price, quote.decimals);
    const at = firstDifference(cell.text, text);
    cell.kept.data = text.slice(0, at);
    cell.moved.data = text.slice(at);
    cell.odd = !cell.odd;
    cell.light.className = `moved ${MOVES[compare(quote.price, cell.price) + 1]} ${cell.odd ? 'odd' : 'even'}`;
    cell.text = text;
    cell.price = quote.price;
    this.#widest = Math.max(this.#widest, text.length);
    this.#paintChange(cell, quote);
  }

  /**
   * @param {Cell} cell
   * @param {import('../wire/market.js').Quote} quote
   */
  #paintStale(cell, { isStale }) {
    if (cell.isStale !== isStale) {
      cell.isStale = isStale;
      cell.root.classList.toggle('stale', isStale);
      /** @type {HTMLElement} */ (cell.root.querySelector('.age')).hidden = !isStale;
    }
  }

  /**
   * @param {Cell} cell
   * @param {import('../wire/market.js').Quote} quote
   */
  #paintChange(cell, { price, first, decimals }) {
    const trend = MOVES[compare(price, first) + 1];
    if (cell.root.dataset.trend !== trend) {
      cell.root.dataset.trend = trend;
    }
    cell.percent.data = formatPercent(first, price);
    cell.absolute.data = formatDifference(first, price, decimals);
  }
}
