import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { arrange, bestMatch } from '../../js/market/rows.js';
import { quote } from './quotes.js';

/** @param {...import('../../js/wire/market.js').Quote} quotes */
const market = (...quotes) => new Map(quotes.map((one) => [one.symbol, one]));

const figures = { ratio: () => undefined, high: () => undefined, low: () => undefined, turnover: () => undefined };

const THREE = market(quote('BTC-USD', '42000.1'), quote('ETH-EUR', '2500'), quote('ADA-USD', '0.5'));

/** @param {Partial<import('../../js/market/rows.js').Arrangement>} change */
const rows = (change) => arrange({
  quotes: THREE, figures, stars: new Set(), query: '', onlyStarred: false, sort: { column: 'symbol', direction: 'ascending' },
  isGrouped: false, ...change,
});

/** @param {Partial<import('../../js/market/rows.js').Arrangement>} change */
const names = (change) => rows(change).map((row) => row.kind === 'symbol' ? row.symbol : `${row.name || '(none)'}: ${row.count}`);

/** @param {import('../../js/market/rows.js').Column} column @param {'ascending' | 'descending'} [direction] */
const by = (column, direction = 'descending') => ({ column, direction });

describe('arrange', () => {
  test('sorts by symbol in both directions', () => {
    assert.deepEqual(names({}), ['ADA-USD', 'BTC-USD', 'ETH-EUR']);
    assert.deepEqual(names({ sort: by('symbol') }), ['ETH-EUR', 'BTC-USD', 'ADA-USD']);
  });

  test('compares prices as numbers, with all their digits', () => {
    const quotes = market(quote('A-USD', '9'), quote('B-USD', '9007199254740993'), quote('C-USD', '9007199254740992'),
      quote('D-USD', '0.30000000000000000001'), quote('E-USD', '0.3'));
    assert.deepEqual(names({ quotes, sort: by('price') }), ['B-USD', 'C-USD', 'A-USD', 'D-USD', 'E-USD']);
    assert.deepEqual(names({ quotes, sort: by('price', 'ascending') }), ['E-USD', 'D-USD', 'A-USD', 'C-USD', 'B-USD']);
  });

  test('keeps symbols with equal values in the order of their names, in both directions', () => {
    const quotes = market(quote('B-USD', '1.0'), quote('C-USD', '2'), quote('A-USD', '1'));
    assert.deepEqual(names({ quotes, sort: by('price') }), ['C-USD', 'A-USD', 'B-USD']);
    assert.deepEqual(names({ quotes, sort: by('price', 'ascending') }), ['A-USD', 'B-USD', 'C-USD']);
  });

  test('puts what is not known last, in both directions', () => {
    const quotes = market(quote('A-USD', '1'), quote('B-USD', '1', { bid: '5' }), quote('C-USD', '1', { bid: '10' }));
    assert.deepEqual(names({ quotes, sort: by('bid') }), ['C-USD', 'B-USD', 'A-USD']);
    assert.deepEqual(names({ quotes, sort: by('bid', 'ascending') }), ['B-USD', 'C-USD', 'A-USD']);
  });

  test('sorts by the figures of the day', () => {
    /** @type {Record<string, number>} */
    const ratios = { 'ADA-USD': 0.9, 'BTC-USD': 1.1 };
    const known = { ...figures, ratio: (/** @type {{ symbol: string }} */ { symbol }) => ratios[symbol] };
    assert.deepEqual(names({ figures: known, sort: by('change') }), ['BTC-USD', 'ADA-USD', 'ETH-EUR']);
  });

  test('finds base and quote currency in any case, with or without the hyphen', () => {
    for (const query of ['btc', 'BTC-USD', 'btcusd', ' btc/usd ', 'tc-u']) {
      assert.deepEqual(names({ query }), ['BTC-USD'], query);
    }
    assert.deepEqual(names({ query: 'usd' }), ['ADA-USD', 'BTC-USD']);
    assert.deepEqual(names({ query: 'doge' }), []);
  });

  test('groups by quote currency, the largest group first', () => {
    const quotes = market(...THREE.values(), quote('ALL', '1'));
    assert.deepEqual(names({ quotes, isGrouped: true }), ['USD: 2', 'ADA-USD', 'BTC-USD', '(none): 1', 'ALL', 'EUR: 1', 'ETH-EUR']);
  });

  test('leaves out symbols of one exchange, and those without a star if asked to', () => {
    const quotes = market(...THREE.values(), quote('coinbase:BTC-USD', '42000'));
    assert.equal(names({ quotes }).length, 3);
    assert.deepEqual(names({ quotes, onlyStarred: true, stars: new Set(['ETH-EUR', 'coinbase:BTC-USD']) }), ['ETH-EUR']);
  });
});

describe('bestMatch', () => {
  const found = rows({ quotes: market(quote('AETH-USD', '1'), quote('ETHW-USD', '1'), quote('ETH-USD', '1')) });

  test('prefers the whole symbol, then the base currency, then the beginning', () => {
    assert.equal(bestMatch(found, 'ethw-usd'), 'ETHW-USD');
    assert.equal(bestMatch(found, 'eth'), 'ETH-USD');
    assert.equal(bestMatch(found, 'ethw-'), 'ETHW-USD');
    assert.equal(bestMatch(found, 'et'), 'ETH-USD');
    assert.equal(bestMatch(found, 'usd'), 'AETH-USD');
    assert.equal(bestMatch([], 'eth'), undefined);
  });
});
