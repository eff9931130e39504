import { element, write } from '../dom/dom.js';
import { COLUMNS } from './columns.js';

/**
 * The row above the symbols of one quote currency.
 */
export class GroupRow {
  kind = /** @type {const} */ ('group');
  symbol = '';
  /** How far down the list it stands, in pixels. */
  y = -1;
  element = element('div', { role: 'row', class: 'row group' });
  #name = document.createTextNode('');
  #count = document.createTextNode('');

  constructor() {
    this.element.append(element('div', { role: 'gridcell', class: 'cell', 'aria-colspan': String(COLUMNS.length) }, [
      element('b', {}, [this.#name]), ' ', element('span', {}, [this.#count])]));
  }

  /** @param {{ name: string, count: number }} group */
  begin({ name, count }) {
    write(this.#name, name === '' ? 'Others' : name);
    write(this.#count, String(count));
  }
}
