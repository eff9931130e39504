import { element } from '../dom/dom.js';
import { leadsTo } from './keys.js';
import { RowWindow } from './row-window.js';

/** The heights of a row for a mouse and for a finger, in pixels. */
const ROW_HEIGHT = 36;
const ROW_HEIGHT_COARSE = 48;

/** The grid waits this long after it was scrolled or arranged before it says what is seen. */
const REST_MS = 150;

/**
 * @typedef {import('./symbol-row.js').SymbolRow} SymbolRow
 * @typedef {import('../wire/market.js').Quote} Quote
 *
 * @typedef {object} Handlers
 * @property {(row: SymbolRow) => void} onBegin called when a row has come into sight, or shows another symbol
 * @property {(symbol: string) => void} onChoose
 * @property {(symbol: string) => void} onStar called when a star is to be set or taken away
 * @property {(symbols: string[]) => void} onSeen called with the symbols in sight when they have been so for a moment
 */

/**
 * The table of the symbols: scrolling, focus, keys and pointer. One row is where the Tab key leads; it is called active.
 */
export class SymbolGrid {
  element = element('div', { role: 'grid', class: 'grid', 'aria-label': 'Symbols' });
  #body = element('div', { role: 'rowgroup', class: 'body' });
  #head;
  #handlers;
  #window;
  #pointer = matchMedia('(pointer: coarse)');
  /** @type {import('../market/rows.js').Row[]} */
  #items = [];
  /** @type {Map<string, number>} by symbol */
  #indices = new Map();
  #active = '';
  #chosen = '';
  /** Whether the chosen symbol is to be scrolled to as soon as it is there. */
  #isAwaited = false;
  #restTimer = 0;

  /**
   * @param {HTMLElement} head the row with the names of the columns
   * @param {Handlers} handlers
   */
  constructor(head, handlers) {
    this.#head = head;
    this.#handlers = handlers;
    this.#window = new RowWindow(this.element, this.#body, (row, item) => {
      if (row.kind === 'group') {
        row.begin(/** @type {{ name: string, count: number }} */ (item));
      } else {
        row.symbol = /** @type {{ symbol: string }} */ (item).symbol;
        this.#mark(row);
        handlers.onBegin(row);
      }
    });
    this.element.append(element('div', { role: 'rowgroup', class: 'top' }, [head]), this.#body);
    this.element.addEventListener('scroll', () => {
      this.#window.scroll();
      this.#restSoon();
    }, { passive: true });
    this.#body.addEventListener('keydown', (event) => this.#press(event));
    this.#body.addEventListener('focusin', ({ target }) => this.#activate(this.#rowAt(target)?.symbol ?? this.#active));
    this.#body.addEventListener('click', ({ target }) => this.#click(target));
    this.#pointer.addEventListener('change', () => this.#resize());
    new ResizeObserver(() => this.#resize()).observe(this.element);
  }

  /** @returns {SymbolRow[]} the rows in sight that show a symbol */
  get rows() {
    return [...this.#window.rows].filter((row) => row.kind === 'symbol');
  }

  /** How many symbols the grid has, in sight or not. */
  get size() {
    return this.#indices.size;
  }

  /**
   * @param {string} symbol
   * @returns {SymbolRow | undefined} undefined if it is out of sight
   */
  rowOf(symbol) {
    return this.#window.rowOf(symbol);
  }

  /** @param {import('../market/rows.js').Row[]} items */
  show(items) {
    const hadFocus = this.#window.rowOf(this.#active)?.element.contains(document.activeElement) ?? false;
    this.#items = items;
    this.#indices = new Map();
    items.forEach((item, index) => item.kind === 'symbol' && this.#indices.set(item.symbol, index));
    if (!this.#indices.has(this.#active)) {
      this.#active = this.#indices.keys().next().value ?? '';
    }
    this.element.setAttribute('aria-rowcount', String(items.length + 1));
    this.#window.show(items, this.#indexOfActive);
    this.#markAll();
    if (this.#isAwaited) {
      this.#revealChosen();
    }
    if (hadFocus) {
      this.focus();
    }
    this.#restSoon();
  }

  /** Puts the focus on the active row, wherever it is. */
  focus() {
    this.#window.rowOf(this.#active)?.element.focus({ preventScroll: true });
  }

  /**
   * Marks a symbol as the chosen one, and scrolls to it.
   * @param {string | null} symbol
   */
  choose(symbol) {
    this.#chosen = symbol ?? '';
    this.#revealChosen();
    this.#markAll();
  }

  /** Scrolls to the first row, for example because the list is another one. */
  scrollToTop() {
    this.#window.reveal(0);
  }

  get #indexOfActive() {
    return this.#indices.get(this.#active) ?? -1;
  }

  #resize() {
    const rowHeight = this.#pointer.matches ? ROW_HEIGHT_COARSE : ROW_HEIGHT;
    this.element.style.setProperty('--row-height', `${rowHeight}px`);
    this.#window.resize(this.element.clientHeight - this.#head.offsetHeight, rowHeight);
    this.#restSoon();
  }

  #revealChosen() {
    const index = this.#indices.get(this.#chosen);
    this.#isAwaited = index === undefined && this.#chosen !== '';
    if (index !== undefined) {
      this.#activate(this.#chosen);
      this.#window.reveal(index);
    }
  }

  /** @param {string} symbol */
  #activate(symbol) {
    if (this.#active !== symbol) {
      this.#active = symbol;
      this.#window.pin(this.#indexOfActive);
      this.#markAll();
    }
  }

  #markAll() {
    this.rows.forEach((row) => this.#mark(row));
  }

  /** @param {SymbolRow} row */
  #mark({ symbol, element }) {
    const tabIndex = symbol === this.#active ? 0 : -1;
    if (element.tabIndex !== tabIndex) {
      element.tabIndex = tabIndex;
    }
    const isChosen = String(symbol === this.#chosen);
    if (element.getAttribute('aria-selected') !== isChosen) {
      element.setAttribute('aria-selected', isChosen);
    }
  }

  #restSoon() {
    clearTimeout(this.#restTimer);
    this.#restTimer = setTimeout(() => this.#handlers.onSeen(this.rows.map(({ symbol }) => symbol)), REST_MS);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { key, ctrlKey, metaKey, altKey, target } = event;
    const isOnButton = target instanceof HTMLButtonElement;
    if (metaKey || altKey || (ctrlKey && key !== 'Home' && key !== 'End')) {
      return;
    }
    if (key === 'Enter' && !isOnButton) {
      this.#handlers.onChoose(this.#active);
    } else if (key === 's') {
      this.#handlers.onStar(this.#active);
    } else {
      const index = leadsTo(key, this.#indexOfActive, this.#items.length, this.#window.rowsInSight,
        (at) => this.#items[at].kind === 'symbol');
      if (index === null) {
        return;
      }
      this.#window.reveal(index);
      this.#activate(/** @type {{ symbol: string }} */ (this.#items[index]).symbol);
      this.focus();
    }
    event.preventDefault();
  }

  /** @param {EventTarget | null} target */
  #click(target) {
    const row = this.#rowAt(target);
    if (row === undefined) {
      return;
    }
    if (/** @type {Element} */ (target).closest('button') !== null) {
      this.#handlers.onStar(row.symbol);
    } else {
      this.#handlers.onChoose(row.symbol);
    }
  }

  /** @param {EventTarget | null} target */
  #rowAt(target) {
    const element = target instanceof Element ? target.closest('.row') : null;
    return this.rows.find((row) => row.element === element);
  }
}
