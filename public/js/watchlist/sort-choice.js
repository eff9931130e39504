import { element } from '../dom/dom.js';
import { COLUMNS } from './columns.js';
import { firstOrderOf, reversed } from './sort.js';

/** @typedef {import('../market/rows.js').Sort} Sort */

/**
 * The order of the list as a choice above it: there may be no room for the column that the user wants to sort by.
 */
export class SortChoice {
  element;
  #column = element('select', {}, COLUMNS.filter(({ first }) => first !== undefined).map(({ name, label }) => element('option', { value: name, text: label })));
  #direction = element('button', { type: 'button', class: 'quiet direction' });
  #sort;

  /**
   * @param {Sort} sort
   * @param {(sort: Sort) => void} onSort
   */
  constructor(sort, onSort) {
    this.#sort = sort;
    this.element = element('div', { class: 'sort' }, [element('label', {}, ['Sort by ', this.#column]), this.#direction]);
    this.#column.addEventListener('change', () => onSort(firstOrderOf(this.#column.value)));
    this.#direction.addEventListener('click', () => onSort(reversed(this.#sort)));
    this.show(sort);
  }

  /** @param {Sort} sort */
  show(sort) {
    this.#sort = sort;
    this.#column.value = sort.column;
    this.#direction.textContent = sort.direction === 'ascending' ? '▲' : '▼';
    this.#direction.setAttribute('aria-label', `Order: ${sort.direction}`);
    this.#direction.title = sort.direction === 'ascending' ? 'Lowest first' : 'Highest first';
  }
}
