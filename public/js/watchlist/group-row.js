import { COLUMNS } from './columns.js';
import { make, write } from './elements.js';

/**
 * The row above the symbols of one quote currency.
 */
export class GroupRow {
  kind = /** @type {const} */ ('group');
  symbol = '';
  /** How far down the list it stands, in pixels. */
  y = -1;
  element = make('div', { role: 'row', class: 'row group' });
  #name = document.createTextNode('');
  #count = document.createTextNode('');

  constructor() {
    this.element.append(make('div', { role: 'gridcell', class: 'cell', 'aria-colspan': String(COLUMNS.length) },
      make('b', {}, this.#name), ' ', make('span', {}, this.#count)));
  }

  /** @param {{ name: string, count: number }} group */
  begin({ name, count }) {
    write(this.#name, name === '' ? 'Others' : name);
    write(this.#count, String(count));
  }
}
