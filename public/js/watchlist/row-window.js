import { GroupRow } from './group-row.js';
import { SymbolRow } from './symbol-row.js';

/** How many rows there are above and below those that are seen, so that none is missing while the list is scrolled. */
const SPARE_ROWS = 4;

/** The first row of the grid is the one with the names of the columns. */
const FIRST_ROW_INDEX = 2;

/**
 * @typedef {import('../market/rows.js').Row} Item
 * @typedef {SymbolRow | GroupRow} AnyRow
 */

/**
 * The rows of a long list that are in sight. Those that leave it are used again for those that come into it. Rows are in
 * the document in the order in which they are seen, and the one with the focus never leaves it.
 */
export class RowWindow {
  #scroller;
  #body;
  #begin;
  /** @type {Item[]} */
  #items = [];
  /** @type {Map<string, AnyRow>} by the key of their items */
  #rows = new Map();
  #spare = { symbol: /** @type {AnyRow[]} */ ([]), group: /** @type {AnyRow[]} */ ([]) };
  /** The index of the item that stays although it is out of sight; -1 for none. */
  #pinned = -1;
  #rowHeight = 0;
  #top = 0;
  #height = 0;

  /**
   * @param {HTMLElement} scroller
   * @param {HTMLElement} body in the scroller, as high as all rows
   * @param {(row: AnyRow, item: Item) => void} begin makes a row show its item
   */
  constructor(scroller, body, begin) {
    this.#scroller = scroller;
    this.#body = body;
    this.#begin = begin;
  }

  /** @returns {Iterable<AnyRow>} */
  get rows() {
    return this.#rows.values();
  }

  /** The number of rows that are seen whole. */
  get rowsInSight() {
    return Math.max(1, Math.floor(this.#height / this.#rowHeight));
  }

  /**
   * @param {string} symbol
   * @returns {SymbolRow | undefined} undefined if it is out of sight
   */
  rowOf(symbol) {
    const row = this.#rows.get(symbol);
    return row?.kind === 'symbol' ? row : undefined;
  }

  /**
   * @param {number} height of the part of the scroller in which rows are seen, in pixels
   * @param {number} rowHeight in pixels
   */
  resize(height, rowHeight) {
    const isNewHeight = this.#rowHeight !== rowHeight;
    this.#height = height;
    this.#rowHeight = rowHeight;
    if (isNewHeight) {
      this.#stretch();
    }
    this.#render();
  }

  /** Follows the scroller; called in its event, when no layout is pending. */
  scroll() {
    this.#top = this.#scroller.scrollTop;
    this.#render();
  }

  /**
   * Shows other items, or the same ones in another order.
   * @param {Item[]} items
   * @param {number} pinned
   */
  show(items, pinned) {
    const isAsLong = items.length === this.#items.length;
    this.#items = items;
    this.#pinned = pinned;
    if (!isAsLong) {
      this.#stretch();
    }
    this.#render();
  }

  /** @param {number} pinned the index of the item that stays although it is out of sight */
  pin(pinned) {
    this.#pinned = pinned;
    this.#render();
  }

  /**
   * Scrolls as little as is needed to see a row, and the heading of its group if it is the first one of it.
   * @param {number} index
   */
  reveal(index) {
    const isBelowHeading = index > 0 && this.#items[index - 1]?.kind === 'group';
    const top = (index - Number(isBelowHeading)) * this.#rowHeight;
    const lowest = (index + 1) * this.#rowHeight - this.#height;
    const target = Math.min(top, Math.max(this.#top, lowest));
    if (target !== this.#top) {
      this.#top = this.#scroller.scrollTop = target;
      this.#render();
    }
  }

  #stretch() {
    this.#body.style.height = `${this.#items.length * this.#rowHeight}px`;
    // The browser scrolls back by itself if the list has become too short; the event comes later.
    this.#top = Math.max(0, Math.min(this.#top, this.#items.length * this.#rowHeight - this.#height));
  }

  #render() {
    if (this.#rowHeight === 0) {
      return;
    }
    const wanted = this.#wanted();
    for (const [key, row] of this.#rows) {
      if (!wanted.has(key)) {
        row.element.remove();
        this.#rows.delete(key);
        this.#spare[row.kind].push(row);
      }
    }
    const ordered = [...wanted].map(([key, index]) => this.#place(key, index));
    this.#order(ordered);
  }

  /** @returns {Map<string, number>} the indices of the items in sight by their keys, in their order */
  #wanted() {
    const first = Math.max(0, Math.floor(this.#top / this.#rowHeight) - SPARE_ROWS);
    const end = Math.min(this.#items.length, Math.ceil((this.#top + this.#height) / this.#rowHeight) + SPARE_ROWS);
    const indices = Array.from({ length: Math.max(0, end - first) }, (_, offset) => first + offset);
    if (this.#pinned >= 0 && this.#pinned < this.#items.length && (this.#pinned < first || this.#pinned >= end)) {
      indices.splice(this.#pinned < first ? 0 : indices.length, 0, this.#pinned);
    }
    return new Map(indices.map((index) => [keyOf(this.#items[index]), index]));
  }

  /**
   * @param {string} key
   * @param {number} index
   */
  #place(key, index) {
    const item = this.#items[index];
    let row = this.#rows.get(key);
    if (row === undefined) {
      row = this.#spare[item.kind].pop() ?? (item.kind === 'symbol' ? new SymbolRow() : new GroupRow());
      this.#rows.set(key, row);
      this.#begin(row, item);
    } else if (item.kind === 'group') {
      this.#begin(row, item);
    }
    const y = index * this.#rowHeight;
    if (row.y !== y) {
      row.y = y;
      row.element.style.top = `${y}px`;
      row.element.setAttribute('aria-rowindex', String(index + FIRST_ROW_INDEX));
    }
    return row;
  }

  /** @param {AnyRow[]} ordered */
  #order(ordered) {
    /** @type {Element | null} */
    let following = null;
    for (const { element } of ordered.reverse()) {
      // Moving the row with the focus would take it away. The others are moved around it.
      if (!element.isConnected || (element.nextElementSibling !== following && !element.contains(document.activeElement))) {
        this.#body.insertBefore(element, following);
      }
      following = element;
    }
  }
}

/** @param {Item} item */
function keyOf(item) {
  return item.kind === 'symbol' ? item.symbol : `group:${item.name}`;
}
