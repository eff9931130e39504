import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groundsOf, rowsOf, spreadOf } from '../../js/detail/sources.js';

const quote = (/** @type {string} */ symbol, /** @type {string} */ price, more = {}) =>
  /** @type {any} */ ({ symbol, price, decimals: 2, isStale: false, receivedAt: 0, ...more });
const feeds = [
  { exchange: 'binance', state: /** @type {const} */ ('live') },
  { exchange: 'coinbase', state: /** @type {const} */ ('live') },
  { exchange: 'kraken', state: /** @type {const} */ ('away'), cause: 'no answer' },
  { exchange: 'okx', state: /** @type {const} */ ('live') },
];
const quotes = [
  quote('okx:BTC-USD', '42010.50', { isStale: true }),
  quote('coinbase:BTC-USD', '42000.10', { receivedAt: 700 }),
  quote('kraken:BTC-USD', '41000.00'),
  quote('binance:BTC-USD', '42005.1'),
  quote('binance:ETH-USD', '3000'),
];
const rows = (/** @type {string} */ symbol) => rowsOf(symbol, feeds, quotes, ({ receivedAt }) => 1_000 - receivedAt);

test('each exchange has its own price, age and state, in the order of the feeds', () => {
  assert.deepEqual(rows('BTC-USD').map(({ exchange, quote: own, ageMs, state, cause }) => [exchange, own?.price, ageMs, state, cause]), [
    ['binance', '42005.1', 1_000, 'live', ''],
    ['coinbase', '42000.10', 300, 'live', ''],
    ['kraken', '41000.00', 1_000, 'away', 'no answer'],
    ['okx', '42010.50', 1_000, 'stale', ''],
  ]);
  assert.deepEqual(rows('ETH-USD').map(({ state }) => state), ['live', 'none', 'away', 'none']);
});

test('the spread is that of live exchanges only, with all its digits', () => {
  assert.deepEqual(spreadOf(rows('BTC-USD')), { absolute: '5.00', percent: '0.012 %' });
  assert.equal(spreadOf(rows('ETH-USD')), null);
  assert.equal(spreadOf([]), null);
});

test('a spread is counted as decimals, which are not compared as texts', () => {
  const two = ['9.1', '10.0000000000000000001'].map((price, index) => ({
    exchange: feeds[index].exchange, quote: quote('x', price, { decimals: 19 }), ageMs: 0, state: /** @type {const} */ ('live'), cause: '',
  }));
  assert.equal(spreadOf(two)?.absolute, '0.9000000000000000001');
});

test('on how many exchanges a price rests, and how far apart they are, is said in words', () => {
  const price = (/** @type {object} */ details) => quote('BTC-USD', '42000.00', { details });
  assert.equal(groundsOf(price({ sources: 5, confidence: '2.15' }), 'USD'),
    'It rests on the prices of 5 exchanges, which lie within ±2.15 USD of their middle.');
  assert.equal(groundsOf(price({ sources: 1, confidence: '0' }), 'USD'), 'It rests on the price of one exchange.');
  assert.equal(groundsOf(price({}), 'USD'), '');
  assert.equal(groundsOf(quote('BTC-USD', '1'), 'USD'), '');
});
