import assert from 'node:assert/strict';
import { test } from 'node:test';
import { widestPrice } from '../../js/watchlist/price-width.js';
import { quote } from '../market/quotes.js';

test('points and commas count as half a digit', () => {
  assert.equal(widestPrice([quote('BTC-USD', '42000.12'), quote('ADA-USD', '0.5')]), 8);
});

test('a price has two decimals at least, and those of its symbol', () => {
  assert.equal(widestPrice([quote('A-USD', '7')]), 4);
  assert.equal(widestPrice([{ ...quote('A-USD', '7'), decimals: 6 }]), 8);
});

test('bid and offer count too', () => {
  assert.equal(widestPrice([quote('A-USD', '7', { bid: '6.99999999', ask: '7.1' })]), 10);
});

test('without prices there is no width', () => {
  assert.equal(widestPrice([]), 0);
});
