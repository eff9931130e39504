import { element } from '../dom/dom.js';
import { COLUMNS } from './columns.js';
import { firstOrderOf, reversed } from './sort.js';

/** @typedef {import('../market/rows.js').Sort} Sort */

/**
 * The names of the columns, which sort the list. The Tab key stops at the column that sorts, and at the symbol's. Arrow keys go from one to the next.
 */
export class Head {
  element = element('div', { role: 'row', class: 'head', 'aria-rowindex': '1' });
  /** @type {Map<string, { cell: HTMLElement, button: HTMLButtonElement }>} */
  #sortable = new Map();
  #sort;

  /**
   * @param {Sort} sort
   * @param {(sort: Sort) => void} onSort
   */
  constructor(sort, onSort) {
    this.#sort = sort;
    for (const { name, label, title, first } of COLUMNS) {
      const cell = element('div', { role: 'columnheader', class: `cell ${name}` });
      if (first === undefined) {
        cell.append(element('span', { class: 'unseen' }, [title]));
      } else {
        const button = element('button', { type: 'button', title, tabindex: '-1' }, [label]);
        button.addEventListener('click', () => {
          onSort(this.#sort.column === name ? reversed(this.#sort) : firstOrderOf(name));
        });
        cell.append(button);
        this.#sortable.set(name, { cell, button });
      }
      this.element.append(cell);
    }
    this.element.addEventListener('keydown', (event) => this.#move(event));
    this.show(sort);
  }

  /** @param {Sort} sort */
  show(sort) {
    this.#sort = sort;
    const { column, direction } = sort;
    for (const [name, { cell, button }] of this.#sortable) {
      cell.setAttribute('aria-sort', name === column ? direction : 'none');
      button.tabIndex = name === column || name === 'symbol' ? 0 : -1;
    }
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step !== undefined) {
      const buttons = [...this.#sortable.values()].map(({ button }) => button).filter((button) => button.offsetParent !== null);
      const at = buttons.findIndex((button) => button === document.activeElement);
      buttons[at + step]?.focus();
      event.preventDefault();
    }
  }
}
