import { element } from '../dom/dom.js';
import { arrange, bestMatch } from '../market/rows.js';
import { COLUMNS } from './columns.js';
import { Head } from './head.js';
import { widestPrice } from './price-width.js';
import { RowPainter } from './row-painter.js';
import { Settings } from './settings.js';
import { SymbolGrid } from './symbol-grid.js';
import { Tools } from './tools.js';

/**
 * How often prices are written at most, how often the figures beside them follow, and how often the tint of changed digits
 * does, in milliseconds. More often costs much, and nobody sees it.
 */
const PRICES_MS = 25;
const FIGURES_MS = 100;
const BEAT_MS = 300;
const SECOND_MS = 1_000;

/**
 * @typedef {import('./row-painter.js').Sources & { onChoose(symbol: string): void }} Parts `onChoose` is called when the user
 *   chooses a symbol
 */

/**
 * The list of all symbols: searched, sorted and grouped. It asks for the courses of those in sight.
 */
export class WatchlistView {
  #root;
  #parts;
  #painter;
  #settings = new Settings();
  #choice;
  #tools;
  #head;
  #grid;
  #empty = element('p', { class: 'empty' });
  /** @type {import('../market/rows.js').Row[]} */
  #items = [];
  /** @type {Set<string>} The symbols that the market had when the list was arranged. */
  #known = new Set();
  #widest = 0;
  /** @type {Set<string>} The symbols that have changed and were not painted. */
  #changed = new Set();
  #paintedAt = -Infinity;
  /** Whether the market has other symbols since. */
  #isOutdated = true;
  /** Whether a mouse button or finger is down: what it points at must not move away. */
  #isPressed = false;

  /**
   * @param {HTMLElement} root
   * @param {Parts} parts
   */
  constructor(root, parts) {
    this.#root = root;
    this.#parts = parts;
    this.#painter = new RowPainter(parts);
    this.#choice = { query: '', onlyStarred: this.#settings.onlyStarred, isGrouped: this.#settings.isGrouped };
    this.#tools = new Tools(this.#choice, this.#settings.sort, {
      onChange: () => this.#changeChoice(),
      onSort: (sort) => this.#sortBy(sort),
      onAccept: () => this.#choose(bestMatch(this.#items, this.#choice.query)),
      onLeave: () => this.#grid.focus(),
    });
    this.#head = new Head(this.#settings.sort, (sort) => this.#sortBy(sort));
    this.#grid = new SymbolGrid(this.#head.element, {
      onBegin: (row) => this.#painter.begin(row),
      onChoose: (symbol) => this.#choose(symbol),
      onStar: (symbol) => this.#toggleStar(symbol),
      onSeen: (symbols) => parts.sparklines.want(symbols),
    });
    root.classList.add('watchlist');
    this.#showSortingColumn();
    root.append(this.#tools.element, element('div', { class: 'list' }, [this.#grid.element, this.#empty]));
    this.#listen();
    this.arrange();
  }

  /**
   * Paints what has changed, at once or very soon; called in an animation frame.
   * @param {Set<string>} changed symbols
   */
  paint(changed) {
    const { quotes } = this.#parts.market;
    for (const symbol of changed) {
      this.#changed.add(symbol);
      this.#isOutdated ||= quotes.has(symbol) !== this.#known.has(symbol);
    }
    // The first prices are shown at once, and the last ones taken away; else the list changes once a second at most.
    if (this.#isOutdated && (this.#known.size === 0 || quotes.size === 0)) {
      this.arrange();
    }
    if (performance.now() - this.#paintedAt >= PRICES_MS) {
      this.#paintChanged();
    }
  }

  /** Paints all again, for example because the figures of the day or the stars are others. */
  refresh() {
    for (const row of this.#grid.rows) {
      this.#painter.refresh(row);
    }
    this.#parts.sparklines.want(this.#grid.rows.map(({ symbol }) => symbol));
  }

  /**
   * Draws the course of a symbol, if it is in sight.
   * @param {string} symbol
   */
  showCourse(symbol) {
    const row = this.#grid.rowOf(symbol);
    if (row !== undefined) {
      this.#painter.showCourse(row);
    }
  }

  /** Puts the symbols in order at once. The list does so by itself each second. */
  arrange() {
    const { market, figures, stars } = this.#parts;
    this.#items = arrange({ quotes: market.quotes, figures, stars, sort: this.#settings.sort, ...this.#choice });
    this.#known = new Set(market.quotes.keys());
    this.#isOutdated = false;
    const widest = widestPrice(market.quotes.values());
    if (this.#widest !== widest) {
      this.#widest = widest;
      this.#root.style.setProperty('--digits', String(widest));
    }
    this.#grid.show(this.#items);
    this.#describe();
  }

  /**
   * Marks a symbol as the chosen one, and scrolls to it.
   * @param {string | null} symbol null for none
   */
  choose(symbol) {
    this.#grid.choose(symbol);
  }

  /** Puts the focus on the active row. */
  focus() {
    this.#grid.focus();
  }

  /** Puts the focus into the search field. */
  focusSearch() {
    this.#tools.focusSearch();
  }

  #listen() {
    const page = this.#root.ownerDocument;
    this.#root.addEventListener('pointerdown', () => this.#isPressed = true);
    for (const end of ['pointerup', 'pointercancel']) {
      page.addEventListener(end, () => this.#isPressed = false);
    }
    page.addEventListener('keydown', (event) => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, select, textarea, [contenteditable]');
      const isSeen = this.#root.getClientRects().length > 0;
      if (event.key === '/' && !isTyping && isSeen && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        this.focusSearch();
      }
    });
    setInterval(() => page.hidden || this.#followFigures(), FIGURES_MS);
    setInterval(() => page.hidden || this.#grid.rows.forEach((row) => row.beat()), BEAT_MS);
    setInterval(() => page.hidden || this.#second(), SECOND_MS);
  }

  #paintChanged() {
    this.#paintedAt = performance.now();
    for (const row of this.#grid.rows) {
      if (this.#changed.has(row.symbol)) {
        this.#painter.paint(row);
      }
    }
    this.#changed.clear();
  }

  #followFigures() {
    this.#paintChanged();
    this.#grid.rows.forEach((row) => this.#painter.catchUp(row));
  }

  #second() {
    const isMoving = this.#settings.sort.column !== 'symbol';
    if ((this.#isOutdated || isMoving) && !this.#isPressed) {
      this.arrange();
    }
    for (const row of this.#grid.rows) {
      this.#painter.showAge(row);
    }
  }

  /** @param {import('../market/rows.js').Sort} sort */
  #sortBy(sort) {
    this.#settings.sort = sort;
    this.#showSortingColumn();
    this.#head.show(sort);
    this.#tools.showSort(sort);
    this.#changeChoice();
  }

  /** Has the column that sorts be seen, for which there may be room only in place of another one. */
  #showSortingColumn() {
    const { column } = this.#settings.sort;
    this.#root.dataset.sort = column;
    this.#root.toggleAttribute('data-sorts-figure', COLUMNS.find(({ name }) => name === column)?.isFigure === true);
  }

  #changeChoice() {
    const { onlyStarred, isGrouped } = this.#choice;
    Object.assign(this.#settings, { onlyStarred, isGrouped }).keep();
    this.arrange();
    this.#grid.scrollToTop();
  }

  /** @param {string | undefined} symbol */
  #choose(symbol) {
    if (symbol !== undefined) {
      this.choose(symbol);
      this.#parts.onChoose(symbol);
    }
  }

  /** @param {string} symbol */
  #toggleStar(symbol) {
    const isStarred = this.#parts.stars.toggle(symbol);
    this.#grid.rowOf(symbol)?.showStar(isStarred);
    if (this.#choice.onlyStarred) {
      this.arrange();
    }
  }

  #describe() {
    const all = this.#parts.market.symbols;
    this.#tools.showCount(this.#grid.size, all);
    this.#empty.hidden = this.#grid.size > 0;
    this.#empty.textContent = all === 0 ? 'Waiting for the first prices…'
      : this.#choice.query !== '' ? `No ${this.#choice.onlyStarred ? 'starred ' : ''}symbol matches “${this.#choice.query}”.`
        : 'No symbol is starred. Press the star beside one, or S.';
  }
}
