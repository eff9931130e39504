import { element } from '../dom/dom.js';
import { SortChoice } from './sort-choice.js';

/**
 * @typedef {{ query: string, onlyStarred: boolean, isGrouped: boolean }} Choice which symbols are shown, and how
 */

/**
 * What stands above the list: the search field, the switches, and the order.
 */
export class Tools {
  element;
  #search = element('input', {
    type: 'search', placeholder: 'Search', 'aria-label': 'Search symbols', 'aria-keyshortcuts': '/',
    autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', enterkeyhint: 'go',
  });
  #starred = element('button', { type: 'button', class: 'quiet' }, ['★ Starred']);
  #grouped = element('button', { type: 'button', class: 'quiet', title: 'Group by quote currency' }, ['By currency']);
  #count = element('p', { class: 'count', role: 'status' });
  #sort;
  #choice;
  #onChange;

  /**
   * @param {Choice} choice
   * @param {import('../market/rows.js').Sort} sort
   * @param {object} handlers
   * @param {() => void} handlers.onChange called when the choice has changed
   * @param {(sort: import('../market/rows.js').Sort) => void} handlers.onSort called when the user chooses another order
   * @param {() => void} handlers.onAccept called when Enter is pressed in the search field
   * @param {() => void} handlers.onLeave called when the focus should go from the search field to the list
   */
  constructor(choice, sort, { onChange, onSort, onAccept, onLeave }) {
    this.#choice = choice;
    this.#onChange = onChange;
    this.#sort = new SortChoice(sort, onSort);
    this.element = element('div', { class: 'tools' }, [
      element('div', { class: 'search' }, [this.#search, element('kbd', { 'aria-hidden': 'true' }, ['/'])]),
      this.#starred, this.#grouped, this.#sort.element, this.#count]);
    this.#search.addEventListener('input', () => this.#search.value !== choice.query && this.#change({ query: this.#search.value }));
    this.#search.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        this.#escape(event, onLeave);
      } else if (event.key === 'Enter') {
        onAccept();
      } else if (event.key === 'ArrowDown') {
        event.preventDefault();
        onLeave();
      }
    });
    this.#starred.addEventListener('click', () => this.#change({ onlyStarred: !choice.onlyStarred }));
    this.#grouped.addEventListener('click', () => this.#change({ isGrouped: !choice.isGrouped }));
    this.#showPressed();
  }

  /** Puts the focus into the search field. */
  focusSearch() {
    this.#search.focus();
    this.#search.select();
  }

  /** @param {import('../market/rows.js').Sort} sort */
  showSort(sort) {
    this.#sort.show(sort);
  }

  /**
   * @param {number} shown how many symbols are shown
   * @param {number} all how many there are
   */
  showCount(shown, all) {
    const words = all === 0 ? '' : shown === all ? `${group(all)} symbols` : `${group(shown)} of ${group(all)}`;
    // A screen reader announces a status whenever it is written.
    if (this.#count.textContent !== words) {
      this.#count.textContent = words;
    }
  }

  /**
   * The first Escape empties the field, the next one leaves it.
   * @param {KeyboardEvent} event
   * @param {() => void} onLeave
   */
  #escape(event, onLeave) {
    // Some browsers empty the field by themselves, and some leave the full screen.
    event.preventDefault();
    if (this.#search.value === '') {
      onLeave();
    } else {
      this.#search.value = '';
      this.#change({ query: '' });
    }
  }

  /** @param {Partial<Choice>} part */
  #change(part) {
    Object.assign(this.#choice, part);
    this.#showPressed();
    this.#onChange();
  }

  #showPressed() {
    this.#starred.setAttribute('aria-pressed', String(this.#choice.onlyStarred));
    this.#grouped.setAttribute('aria-pressed', String(this.#choice.isGrouped));
  }
}

/** @param {number} count */
function group(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
