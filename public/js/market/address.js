import { formatPrice } from '../format/format.js';
import { INTERVAL_SECONDS } from '../wire/candle.js';

/**
 * The page's address: `/BTC-USD?interval=1m` leads to a symbol's chart. Pure, but for `Address`.
 */

const PAGE = 'OrleansTicker';

/**
 * What an address names.
 * @typedef {object} Place
 * @property {string | null} symbol as it is written there, which may be no symbol of the market; null for none
 * @property {string | null} interval null for none, or one that there is not
 */

/**
 * @param {{ pathname: string, search: string }} location
 * @returns {Place}
 */
export function read({ pathname, search }) {
  const interval = new URLSearchParams(search).get('interval');
  return {
    symbol: symbolOf(pathname),
    interval: interval !== null && Object.hasOwn(INTERVAL_SECONDS, interval) ? interval : null,
  };
}

/**
 * @param {Place} place
 * @returns {string} a path with query, which `read` reads as the same place
 */
export function hrefOf({ symbol, interval }) {
  if (symbol === null) {
    return '/';
  }
  // A colon may stand in a path; encoded, it would make `coinbase:BTC-USD` hard to read.
  const path = encodeURIComponent(symbol).replaceAll('%3A', ':');
  return interval === null ? `/${path}` : `/${path}?interval=${interval}`;
}

/**
 * Finds the symbol that somebody has typed, whatever its case.
 * @param {string} written
 * @param {Iterable<string>} symbols those of the market
 * @returns {string | null} null if there is none like it
 */
export function matching(written, symbols) {
  let found = null;
  for (const symbol of symbols) {
    if (symbol === written) {
      return symbol;
    }
    if (symbol.toLowerCase() === written.toLowerCase()) {
      found ??= symbol;
    }
  }
  return found;
}

/**
 * The title of the window.
 * @param {import('../wire/market.js').Quote | null} quote of the chosen symbol; null if none is chosen
 * @param {string} trouble what is shown in place of a price that is not live; empty if it is
 * @returns {string} for example `42,000.12 BTC-USD · OrleansTicker`
 */
export function titleOf(quote, trouble = '') {
  if (quote === null) {
    return trouble === '' ? PAGE : `${trouble} · ${PAGE}`;
  }
  return trouble === '' && !quote.isStale
    ? `${formatPrice(quote.price, quote.decimals)} ${quote.symbol} · ${PAGE}`
    : `${trouble || 'Out of date'} · ${quote.symbol} · ${PAGE}`;
}

/**
 * Keeps the address of a window in step with what the page shows, and tells when the user goes back or forward.
 */
export class Address {
  #window;

  /**
   * @param {object} options
   * @param {Pick<Window, 'location' | 'history' | 'addEventListener'>} options.window
   * @param {(place: Place) => void} options.onPlace called when the user goes back or forward
   */
  constructor({ window, onPlace }) {
    this.#window = window;
    window.addEventListener('popstate', () => onPlace(this.place));
  }

  /** @returns {Place} */
  get place() {
    return read(this.#window.location);
  }

  /**
   * Shows the place in the address.
   * @param {Place} place
   * @param {boolean} [isStep] whether the user may take it back; by default another symbol is such a step, and another interval is not
   */
  write(place, isStep = place.symbol !== this.place.symbol) {
    const { location, history } = this.#window;
    if (location.pathname + location.search === hrefOf(place)) {
      return;
    }
    if (isStep) {
      history.pushState(null, '', hrefOf(place));
    } else {
      history.replaceState(null, '', hrefOf(place));
    }
  }
}

/**
 * @param {string} pathname
 * @returns {string | null}
 */
function symbolOf(pathname) {
  const segment = /^\/([^/]+)\/?$/.exec(pathname)?.[1];
  if (segment === undefined || segment === 'index.html') {
    return null;
  }
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) {
      return null; // Not what a link of this page looks like.
    }
    throw error;
  }
}
