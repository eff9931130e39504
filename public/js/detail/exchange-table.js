import { element, write } from '../dom/dom.js';
import { formatPrice } from '../format/format.js';
import { formatSpan } from '../wire/duration.js';

/** @type {Record<import('./sources.js').Row['state'], string>} */
const STATES = { live: '', stale: 'out of date', away: 'away', none: 'no price' };

/**
 * The elements of one exchange.
 * @typedef {{ row: HTMLElement, price: HTMLElement, age: HTMLElement, state: HTMLElement }} Line
 */

/**
 * The exchanges behind a price, each with its own price and age.
 */
export class ExchangeTable {
  #body = element('tbody');
  /** @type {Map<string, Line>} */
  #lines = new Map();

  constructor() {
    const head = ['Exchange', 'Price', 'Age', 'State'].map((text) => element('th', { scope: 'col', class: text.toLowerCase(), text }));
    this.root = element('table', { class: 'exchanges', hidden: true }, [
      element('caption', { text: 'Exchanges behind the price' }),
      element('thead', {}, [element('tr', {}, head)]),
      this.#body,
    ]);
  }

  /** @param {import('./sources.js').Row[]} rows */
  paint(rows) {
    this.root.hidden = rows.length === 0;
    if (rows.length !== this.#lines.size || rows.some(({ exchange }) => !this.#lines.has(exchange))) {
      this.#lines = new Map(rows.map(({ exchange }) => [exchange, lineOf(exchange)]));
      this.#body.replaceChildren(...[...this.#lines.values()].map(({ row }) => row));
    }
    for (const { exchange, quote, ageMs, state, cause } of rows) {
      const line = /** @type {Line} */ (this.#lines.get(exchange));
      if (line.row.dataset.state !== state) {
        line.row.dataset.state = state;
      }
      write(line.price, quote === undefined ? '–' : formatPrice(quote.price, quote.decimals));
      write(line.age, quote === undefined ? '–' : shortAge(ageMs));
      write(line.state, cause === '' ? STATES[state] : `${STATES[state]}: ${cause}`);
    }
  }
}

/**
 * @param {number} ms
 * @returns {string} for example `now`, `4 s`
 */
export function shortAge(ms) {
  return ms < 1_000 ? 'now' : formatSpan(ms);
}

/**
 * @param {string} exchange
 * @returns {Line}
 */
function lineOf(exchange) {
  const [price, age, state] = ['price', 'age', 'state'].map((name) => element('td', { class: name }));
  return { row: element('tr', {}, [element('th', { scope: 'row', text: exchange }), price, age, state]), price, age, state };
}
