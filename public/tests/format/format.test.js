import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstDifference, formatDifference, formatPercent, formatPrice } from '../../js/format/format.js';
import { formatAge } from '../../js/wire/duration.js';

test('a price is shown in full', () => {
  const texts = [
    ['42000.1', 2, '42,000.10'], ['1234567.125', 2, '1,234,567.125'], ['0.00000001', 2, '0.00000001'],
    ['0.12345678901234567890', 2, '0.12345678901234567890'], ['-1000.5', 2, '−1,000.50'], ['-0.0', 2, '0.00'], ['7', 2, '7.00'], ['98.7', 4, '98.7000'],
  ];
  for (const [price, decimals, text] of texts) {
    assert.equal(formatPrice(price, decimals), text);
  }
});

test('a difference carries its sign', () => {
  const texts = [
    ['0.1', '0.3', 2, '+0.20'], ['42000', '41987.5', 2, '−12.50'], ['5', '5.0', 2, '0.00'], ['-1', '1.5', 2, '+2.50'],
    ['0.00000812', '0.00000813', 8, '+0.00000001'],
  ];
  for (const [from, to, decimals, text] of texts) {
    assert.equal(formatDifference(from, to, decimals), text);
  }
});

test('a change is a share of where it began', () => {
  assert.equal(formatPercent('100', '101'), '+1.00 %');
  assert.equal(formatPercent('100', '99.995'), '0.00 %');
  assert.equal(formatPercent('200', '50'), '−75.00 %');
  assert.equal(formatPercent('0', '5'), '');
});

test('an age has the unit that suits it', () => {
  assert.deepEqual([-1, 999.9, 9_999, 61_000, 180_000, 7_200_000].map(formatAge), ['–', '999 ms', '9.9 s', '61 s', '3 min', '2 h']);
});

test('prices differ from the first digit that changed', () => {
  assert.equal(firstDifference('42,000.10', '42,000.25'), 7);
  assert.equal(firstDifference('42,000.10', '42,000.10'), 9);
});

test('a price with more digits differs from the start', () => {
  assert.equal(firstDifference('999.99', '1,000.00'), 0);
});
