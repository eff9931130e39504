import { compare } from '../wire/decimal.js';
import { isOfExchange } from '../wire/exchange-symbol.js';
import { baseOf, quoteOf } from './symbols.js';

/**
 * Which rows a list of symbols has, and in which order. Pure.
 */

/**
 * @typedef {'symbol' | 'price' | 'change' | 'high' | 'low' | 'volume' | 'bid' | 'ask'} Column
 * @typedef {{ column: Column, direction: 'ascending' | 'descending' }} Sort
 * @typedef {{ kind: 'group', name: string, count: number } | { kind: 'symbol', symbol: string }} Row
 *
 * @typedef {object} Arrangement
 * @property {ReadonlyMap<string, import('../wire/market.js').Quote>} quotes
 * @property {Pick<import('./day-figures.js').DayFigures, 'ratio' | 'high' | 'low' | 'turnover'>} figures
 * @property {{ has(symbol: string): boolean }} stars
 * @property {string} query what the user typed; empty for all symbols
 * @property {boolean} onlyStarred
 * @property {Sort} sort
 * @property {boolean} isGrouped by quote currency
 */

/**
 * @param {Arrangement} arrangement
 * @returns {Row[]}
 */
export function arrange({ quotes, figures, stars, query, onlyStarred, sort, isGrouped }) {
  const matches = matcher(query);
  const chosen = [];
  for (const quote of quotes.values()) {
    // Those of single exchanges stand behind a price of this list.
    if (!isOfExchange(quote.symbol) && (!onlyStarred || stars.has(quote.symbol)) && matches(quote.symbol)) {
      chosen.push(quote);
    }
  }
  const sorted = sortBy(chosen, sort, figures);
  return isGrouped ? grouped(sorted) : sorted.map(rowOf);
}

/**
 * The row that a search means most likely: the symbol that was typed, or the first one with such a base currency.
 * @param {Row[]} rows
 * @param {string} query
 * @returns {string | undefined} its symbol
 */
export function bestMatch(rows, query) {
  const text = plain(query);
  const symbols = rows.flatMap((row) => row.kind === 'symbol' ? [row.symbol] : []);
  return symbols.find((symbol) => plain(symbol) === text)
    ?? symbols.find((symbol) => plain(baseOf(symbol)) === text)
    ?? symbols.find((symbol) => plain(symbol).startsWith(text))
    ?? symbols[0];
}

/**
 * @param {string} query
 * @returns {(symbol: string) => boolean}
 */
function matcher(query) {
  const text = plain(query);
  return (symbol) => text === '' || plain(symbol).includes(text);
}

/**
 * What a search compares: letters in one case, and nothing between base and quote currency.
 * @param {string} text
 */
function plain(text) {
  return text.toLowerCase().replace(/[\s/_-]/g, '');
}

/**
 * Sorts stably; those whose value is not known come last in either direction.
 * @param {import('../wire/market.js').Quote[]} quotes
 * @param {Sort} sort
 * @param {Arrangement['figures']} figures
 */
function sortBy(quotes, { column, direction }, figures) {
  const sign = direction === 'ascending' ? 1 : -1;
  const byName = quotes.slice().sort((one, other) => byText(one.symbol, other.symbol));
  if (column === 'symbol') {
    return sign > 0 ? byName : byName.reverse();
  }
  const textOf = TEXTS[column];
  const keyed = byName.map((quote) => {
    const value = textOf(quote, figures);
    return { quote, value, size: value === undefined ? NaN : Number(value) };
  });
  return keyed.sort((one, other) => {
    if (one.value === undefined || other.value === undefined) {
      return Number(one.value === undefined) - Number(other.value === undefined);
    }
    // The nearest doubles of two decimals are never the other way round, so only equal ones need all their digits.
    return sign * (one.size - other.size || compareExactly(one.value, other.value));
  }).map(({ quote }) => quote);
}

/**
 * The values of the columns: decimals as text, or a number that was computed.
 * @type {Record<Exclude<Column, 'symbol'>,
 *   (quote: import('../wire/market.js').Quote, figures: Arrangement['figures']) => string | number | undefined>}
 */
const TEXTS = {
  price: (quote) => quote.price,
  change: (quote, figures) => figures.ratio(quote),
  high: (quote, figures) => figures.high(quote),
  low: (quote, figures) => figures.low(quote),
  volume: (quote, figures) => figures.turnover(quote),
  bid: (quote) => quote.details.bid,
  ask: (quote) => quote.details.ask,
};

/**
 * @param {string | number} one
 * @param {string | number} other
 */
function compareExactly(one, other) {
  return typeof one === 'string' && typeof other === 'string' ? compare(one, other) : 0;
}

/**
 * Symbols are capital letters and digits, for which this is the order of a dictionary; one that follows a language takes
 * ten times as long.
 * @param {string} one
 * @param {string} other
 */
function byText(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * @param {import('../wire/market.js').Quote[]} sorted
 * @returns {Row[]} groups with the most symbols first, each in the given order
 */
function grouped(sorted) {
  /** @type {Map<string, Row[]>} */
  const groups = new Map();
  for (const quote of sorted) {
    const name = quoteOf(quote.symbol);
    const group = groups.get(name) ?? [];
    groups.set(name, group);
    group.push(rowOf(quote));
  }
  return [...groups]
    .sort(([name, rows], [otherName, otherRows]) => otherRows.length - rows.length || byText(name, otherName))
    .flatMap(([name, rows]) => [/** @type {Row} */ ({ kind: 'group', name, count: rows.length }), ...rows]);
}

/**
 * @param {import('../wire/market.js').Quote} quote
 * @returns {Row}
 */
function rowOf({ symbol }) {
  return { kind: 'symbol', symbol };
}
