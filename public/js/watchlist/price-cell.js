import { element, write } from '../dom/dom.js';
import { firstDifference, formatPrice } from '../format/format.js';
import { compare } from '../wire/decimal.js';

/** The class of a price that went down, stayed or went up. */
const MOVES = ['down', '', 'up'];

/**
 * A price, whose digits are tinted for a moment when they change.
 *
 * The tint does not follow each change, which would flicker and cost a style each: it is lit by the first change, and then
 * shows at each beat where the price went since the beat before.
 */
export class PriceCell {
  #kept = document.createTextNode('');
  #moved = document.createTextNode('');
  #light = element('span', {}, [this.#moved]);
  #text = '';
  #price = '0';
  /** The text and the price at the last beat. */
  #beatText = '';
  #beatPrice = '0';
  #move = '';

  /** @param {HTMLElement} cell */
  constructor(cell) {
    // A cell of a grid is laid out with its row. A box of a given size inside it is laid out alone.
    cell.append(element('div', { class: 'box' }, [this.#kept, this.#light]));
  }

  /**
   * Shows the price of another symbol, without a tint.
   * @param {import('../wire/market.js').Quote} quote
   */
  begin(quote) {
    this.#note(quote);
    this.#rest();
  }

  /**
   * Shows a price of the same symbol.
   * @param {import('../wire/market.js').Quote} quote
   */
  paint(quote) {
    this.#note(quote);
    const at = firstDifference(this.#beatText, this.#text);
    write(this.#kept, this.#text.slice(0, at));
    write(this.#moved, this.#text.slice(at));
    if (this.#move === '') {
      this.#tint();
    }
  }

  /** Called a few times a second. */
  beat() {
    if (this.#text !== this.#beatText) {
      this.#tint();
      this.#beatText = this.#text;
      this.#beatPrice = this.#price;
    } else if (this.#move !== '') {
      this.#rest();
    }
  }

  /** @param {import('../wire/market.js').Quote} quote */
  #note({ price, decimals }) {
    this.#price = price;
    this.#text = formatPrice(price, decimals);
  }

  #tint() {
    const move = MOVES[compare(this.#price, this.#beatPrice) + 1];
    if (this.#move !== move) {
      this.#move = this.#light.className = move;
    }
  }

  #rest() {
    this.#beatText = this.#text;
    this.#beatPrice = this.#price;
    write(this.#kept, this.#text);
    write(this.#moved, '');
    if (this.#move !== '') {
      this.#move = this.#light.className = '';
    }
  }
}
