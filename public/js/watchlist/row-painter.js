const SECOND_MS = 1_000;

/** Fewer quarters of an hour are no course, but a line that leads nowhere. */
const FEWEST_KNOWN = 3;

/**
 * @typedef {import('./symbol-row.js').SymbolRow} SymbolRow
 * @typedef {import('../wire/market.js').Quote} Quote
 *
 * @typedef {object} Sources
 * @property {{ readonly quotes: ReadonlyMap<string, Quote>, readonly symbols: number }} market
 * @property {import('../market/day-figures.js').DayFigures} figures
 * @property {import('../market/sparklines.js').Sparklines} sparklines
 * @property {import('../market/stars.js').Stars} stars
 * @property {(quote: Quote) => number} [ageOf] how old its price is, in milliseconds; by the clock of this device if left out
 */

/**
 * Makes rows show what is known of their symbols. A row whose symbol has just left the market stays as it is.
 */
export class RowPainter {
  #sources;
  #ageOf;

  /** @param {Sources} sources */
  constructor(sources) {
    this.#sources = sources;
    this.#ageOf = sources.ageOf ?? (({ timestamp }) => Date.now() - timestamp * SECOND_MS);
  }

  /**
   * Shows all of a symbol that has come into sight.
   * @param {SymbolRow} row
   */
  begin(row) {
    const quote = this.#quoteOf(row);
    if (quote !== undefined) {
      row.begin(quote, this.#sources.figures);
      row.showStar(this.#sources.stars.has(row.symbol));
      this.showAge(row);
      this.showCourse(row);
    }
  }

  /**
   * Shows what a message may have changed.
   * @param {SymbolRow} row
   */
  paint(row) {
    const quote = this.#quoteOf(row);
    if (quote !== undefined && row.paint(quote)) {
      this.showAge(row);
    }
  }

  /**
   * Shows the figures beside the price, if they may have changed.
   * @param {SymbolRow} row
   */
  catchUp(row) {
    const quote = this.#quoteOf(row);
    if (quote !== undefined) {
      row.catchUp(quote, this.#sources.figures);
    }
  }

  /**
   * Shows what does not come with messages: the figures of the day, the course, the star.
   * @param {SymbolRow} row
   */
  refresh(row) {
    this.paint(row);
    this.catchUp(row);
    this.showCourse(row);
    row.showStar(this.#sources.stars.has(row.symbol));
  }

  /**
   * Shows how old a stale price is.
   * @param {SymbolRow} row
   */
  showAge(row) {
    const quote = this.#quoteOf(row);
    if (quote?.isStale) {
      row.showAge(this.#ageOf(quote));
    }
  }

  /** @param {SymbolRow} row */
  showCourse(row) {
    const course = this.#sources.sparklines.of(row.symbol);
    const price = this.#quoteOf(row)?.price;
    const known = course?.filter((close) => !Number.isNaN(close)).length ?? 0;
    row.showCourse(course === undefined || price === undefined || known < FEWEST_KNOWN ? undefined : [...course, Number(price)]);
  }

  /** @param {SymbolRow} row */
  #quoteOf(row) {
    return this.#sources.market.quotes.get(row.symbol);
  }
}
