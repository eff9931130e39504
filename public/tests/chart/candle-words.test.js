import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axisTextOf, decimalsIn, sentenceOf, summaryOf, timeOf, wordsOf } from '../../js/chart/candle-words.js';
import { intervalOf } from '../../js/chart/intervals.js';
import { candle } from './candles.js';

test('a candle is told with all digits that came', () => {
  const words = wordsOf(candle(0, { open: '42000.1', high: '42001.123456789012345678', low: '0.1', close: '41999.9', volume: '1234.00000001' }), 1);

  assert.deepEqual(words, {
    open: '42,000.10',
    high: '42,001.123456789012345678',
    low: '0.10',
    close: '41,999.90',
    volume: '1,234.00000001',
    change: '−0.20 (0.00 %)',
    direction: 'down',
  });
});

test('a candle that ends where it began has no direction', () => {
  const words = wordsOf(candle(0, { open: '5', close: '5.0' }), 1);

  assert.equal(words.direction, 'level');
  assert.equal(words.change, '0.00 (0.00 %)');
});

test('a change from zero has no percentage', () => {
  assert.equal(wordsOf(candle(0, { open: '0', close: '5' }), 0).change, '+5.00');
});

test('times are as exact as the interval', () => {
  const time = Date.UTC(2026, 2, 1, 12, 5, 7) / 1_000;

  assert.equal(timeOf(time, 1), '2026-03-01 12:05:07');
  assert.equal(timeOf(time, 60), '2026-03-01 12:05');
  assert.equal(timeOf(time, 14_400), '2026-03-01 12:05');
  assert.equal(timeOf(time, 86_400), '2026-03-01');
});

test('the most decimals of any price count', () => {
  assert.equal(decimalsIn([candle(0, { open: '1', high: '1.25', low: '1', close: '1.2' }), candle(60, { low: '0.123' })]), 3);
  assert.equal(decimalsIn([]), 0);
});

test('the summary says what is shown, and the newest close', () => {
  const interval = intervalOf('1m');
  const newest = candle(Date.UTC(2026, 2, 1, 12, 5) / 1_000, { close: '42000.10' });

  assert.equal(
    summaryOf({ symbol: 'BTC-USD', interval, candle: newest, decimals: 2 }),
    'Chart of BTC-USD, 1 minute a bar. Newest close 42,000.10, from 2026-03-01 12:05 UTC',
  );
  assert.equal(summaryOf({ symbol: 'BTC-USD', interval, candle: undefined, decimals: 0 }), 'Chart of BTC-USD, 1 minute a bar');
});

test('an interval that nobody knows is a minute', () => {
  assert.equal(intervalOf('4h').seconds, 14_400);
  assert.equal(intervalOf('3w').name, '1m');
});

test('the axis shows no digits that a number does not hold', () => {
  assert.deepEqual([axisTextOf(42000.1, 12), axisTextOf(42000.1, 1), axisTextOf(0.0000081, 10)], ['42,000.100000000000', '42,000.10', '0.0000081000']);
});

test('a candle is read aloud with its time first', () => {
  const words = sentenceOf(candle(1_795_521_600, { close: '42000.1' }), 60, 1);

  assert.equal(words, '2026-11-24 12:00 UTC: close 42,000.10, open 100.00, high 103.00, low 99.00, volume 1.50');
});
