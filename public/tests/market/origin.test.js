import assert from 'node:assert/strict';
import { test } from 'node:test';
import { originLineOf, originOf } from '../../js/market/origin.js';
import { quoteAge } from '../../js/market/quote-age.js';

test('prices that are no market’s are called so', () => {
  assert.match(originOf('simulated').words, /simulated/);
  assert.match(originOf('replay').words, /recordings/);
  assert.deepEqual(['simulated', 'replay', 'exchanges', 'coinbase', null].map((source) => originOf(source).isReal), [false, false, true, true, true]);
  assert.match(originOf('coinbase').words, /coinbase/);
  assert.equal(originOf(null).words, '');
});

test('one line says the same', () => {
  assert.equal(originLineOf('simulated', 0), 'Simulated prices');
  assert.equal(originLineOf('replay', 3), 'Replayed recordings');
  assert.equal(originLineOf('exchanges', 5), 'Prices of 5 exchanges');
  assert.equal(originLineOf('exchanges', 1), 'Prices of one exchange');
  assert.equal(originLineOf('okx', 0), 'Prices of okx');
  assert.equal(originLineOf(null, 0), '');
});

test('a price is as old as it was when it came, and as long as it has stood since', () => {
  const quote = /** @type {any} */ ({ receivedAt: 10_000, timestamp: 1_795_510_188 });
  const serverSays = (/** @type {number} */ age) => ({ ageOf: () => age });
  assert.equal(quoteAge(quote, 10_500, serverSays(1_200)), 500, 'whole seconds say nothing below one');
  assert.equal(quoteAge(quote, 14_000, serverSays(4_900)), 4_000);
  assert.equal(quoteAge(quote, 10_500, serverSays(3_600_000)), 3_599_000, 'it was an hour old when it came');
  assert.equal(quoteAge(quote, 10_500, serverSays(-1)), 500);
});
