import { element, write } from '../dom/dom.js';
import { formatPrice } from '../format/format.js';
import { originOf } from '../market/origin.js';
import { formatSpan } from '../wire/duration.js';
import { isOfExchange } from '../wire/exchange-symbol.js';
import { ExchangeTable } from './exchange-table.js';
import { groundsOf, rowsOf, spreadOf } from './sources.js';

const NOTHING = '–';
const DIRECTIONS = ['down', 'level', 'up'];

/**
 * What there is to say about the chosen symbol.
 * @typedef {object} Shown
 * @property {import('../wire/market.js').Quote | undefined} quote undefined while it has no price
 * @property {import('../wire/feed.js').Feed[]} feeds the exchanges; empty if prices do not come from several
 * @property {string | null} source where prices come from; null if the server does not say
 * @property {import('../wire/market.js').Quote[]} exchangeQuotes the symbol's prices at each of them
 * @property {Pick<import('../market/day-figures.js').DayFigures, 'of' | 'change' | 'high' | 'low'>} figures
 * @property {(quote: import('../wire/market.js').Quote) => number} ageOf milliseconds
 * @property {boolean} isLive whether the prices may be taken for those of now
 */

/**
 * The chosen symbol: its price, its last 24 hours, and where the price comes from.
 */
export class DetailView {
  #root;
  #symbol = /** @type {string | null} */ (null);
  #name = element('h2', { class: 'name' });
  #price = element('p', { class: 'price' });
  #age = element('p', { class: 'old' });
  #change = element('p', { class: 'change' });
  #origin = element('p', { class: 'origin' });
  #grounds = element('p', { class: 'grounds' });
  #spread = element('p', { class: 'spread' });
  #table = new ExchangeTable();
  /** @type {Map<string, HTMLElement>} */
  #figures;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.#root = root;
    this.#figures = new Map(['Open', 'High', 'Low', 'Volume', 'Bid', 'Ask'].map((name) => [name, element('dd', { text: NOTHING })]));
    root.hidden = true;
    root.append(
      element('div', { class: 'head' }, [this.#name, this.#price, this.#change, this.#age]),
      element('dl', {}, [...this.#figures].map(([name, value]) => element('div', {}, [
        element('dt', { text: name === 'Bid' || name === 'Ask' ? name : `${name}, 24 h` }),
        value,
      ]))),
      element('div', { class: 'sources' }, [this.#origin, this.#grounds, this.#table.root, this.#spread]),
    );
  }

  /** @param {string | null} symbol the chosen one; null for none */
  show(symbol) {
    this.#symbol = symbol;
    this.#root.hidden = symbol === null;
    write(this.#name, symbol ?? '');
  }

  /**
   * Shows the prices of now. Called a few times a second.
   * @param {Shown} shown
   */
  paint(shown) {
    if (this.#symbol === null) {
      return;
    }
    const { quote, source, feeds, exchangeQuotes, ageOf } = shown;
    const currency = this.#symbol.slice(this.#symbol.lastIndexOf('-') + 1);
    const { words, isReal } = originOf(source);
    write(this.#origin, words);
    this.#origin.classList.toggle('made-up', !isReal);
    this.#paintPrice(shown);
    this.#paintFigures(shown);
    write(this.#grounds, quote === undefined ? '' : groundsOf(quote, currency));
    // A symbol of one exchange has no others behind it.
    const rows = isOfExchange(this.#symbol) ? [] : rowsOf(this.#symbol, feeds, exchangeQuotes, ageOf);
    this.#table.paint(rows);
    const spread = spreadOf(rows);
    write(this.#spread, spread === null ? '' : `Highest less lowest: ${spread.absolute} ${currency}${spread.percent === '' ? '' : `, ${spread.percent}`}`);
  }

  /**
   * Shows a new price and its change at once, as the list does. The rest follows with `paint`.
   * @param {import('../wire/market.js').Quote} quote of the chosen symbol
   * @param {Pick<import('../market/day-figures.js').DayFigures, 'change'>} figures
   */
  paintPrice(quote, figures) {
    write(this.#price, formatPrice(quote.price, quote.decimals));
    const change = figures.change(quote);
    const direction = DIRECTIONS[change.direction + 1];
    if (this.#change.dataset.direction !== direction) {
      this.#change.dataset.direction = direction;
    }
    write(this.#change, change.percent === NOTHING ? '' : `${change.absolute} (${change.percent}) in 24 h`);
  }

  /** @param {Shown} shown */
  #paintPrice({ quote, figures, ageOf, isLive }) {
    const isOld = quote !== undefined && (quote.isStale || !isLive);
    this.#root.classList.toggle('stale', isOld);
    write(this.#age, !isOld ? '' : `${quote.isStale ? 'Out of date' : 'Not live'}, ${formatSpan(ageOf(quote))} old`);
    if (quote === undefined) {
      write(this.#price, NOTHING);
      write(this.#change, '');
    } else {
      this.paintPrice(quote, figures);
    }
  }

  /** @param {Shown} shown */
  #paintFigures({ quote, figures }) {
    const day = quote === undefined ? undefined : figures.of(quote.symbol);
    const { open24h, volume24h, bid, bidSize, ask, askSize } = quote?.details ?? {};
    const price = (/** @type {string | undefined} */ text) => (text === undefined ? NOTHING : formatPrice(text, quote?.decimals));
    const order = (/** @type {string | undefined} */ text, /** @type {string | undefined} */ size) =>
      (size === undefined ? price(text) : `${price(text)} × ${size}`);
    this.#write('Open', price(day?.open ?? open24h));
    this.#write('High', price(quote && figures.high(quote)));
    this.#write('Low', price(quote && figures.low(quote)));
    this.#write('Volume', volumeText(day?.volume ?? volume24h, this.#symbol ?? ''));
    this.#write('Bid', order(bid, bidSize));
    this.#write('Ask', order(ask, askSize));
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  #write(name, text) {
    write(/** @type {HTMLElement} */ (this.#figures.get(name)), text);
  }
}

/**
 * @param {string | undefined} volume a plain decimal
 * @param {string} symbol
 * @returns {string} for example `1,204.51 BTC`
 */
function volumeText(volume, symbol) {
  const dash = symbol.lastIndexOf('-');
  const base = dash > 0 ? symbol.slice(symbol.indexOf(':') + 1, dash) : '';
  return volume === undefined ? NOTHING : `${formatPrice(Number(volume) >= 1 ? volume.replace(/(\.\d\d)\d+$/, '$1') : volume)} ${base}`.trim();
}
