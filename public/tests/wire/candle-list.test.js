import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CandleList } from '../../js/wire/candle-list.js';

const candle = (openTime, isClosed = true, close = '1') => ({
  openTime, open: '1', high: '1', low: '1', close, volume: '1', quoteVolume: '1', trades: 1, isClosed,
});
const page = (candles, gaps = [], nextCursor = null) => ({ candles, gaps, nextCursor });

test('a running state of what is closed is out of date', () => {
  const list = new CandleList();
  list.take(page([candle(0), candle(60, true, '7')]));

  assert.equal(list.receive(candle(60, false, '3')), null);
  list.take(page([candle(0), candle(60, false, '3'), candle(120, false)]));

  assert.deepEqual(list.candles, [candle(0), candle(60, true, '7'), candle(120, false)]);
});

test('a candle that appears among others changes more than the newest', () => {
  const list = new CandleList();
  list.take(page([candle(0), candle(120, false), candle(180, false)]));

  assert.deepEqual(list.receive(candle(60, false)), { kind: 'reset' });
  assert.deepEqual(list.receive(candle(120, false, '5')).kind, 'newest');
  assert.deepEqual(list.receive(candle(60, true, '8')).kind, 'reset');
  assert.deepEqual(list.candles.map(({ openTime }) => openTime), [0, 60, 120, 180]);
});

test('a candle that closes as it was is no change to see', () => {
  const list = new CandleList();
  list.take(page([candle(0, false), candle(60, false), candle(120, false)]));

  assert.equal(list.receive(candle(0)), null);
  assert.equal(list.receive(candle(120, false)), null);
  assert.equal(list.receive(candle(60, true, '9')).kind, 'newest');
  assert.deepEqual(list.candles.map(({ isClosed }) => isClosed), [true, true, false]);
});

test('a change further back than the one before the last is more than the newest', () => {
  const list = new CandleList();
  list.take(page([candle(0, false), candle(60, false), candle(120, false)]));

  assert.deepEqual(list.receive(candle(0, true, '9')), { kind: 'reset' });
});

test('gaps are each time once', () => {
  const list = new CandleList();
  list.take(page([candle(600)], [{ from: 900, to: 1_000 }, { from: 600, to: 700 }], 'more'));

  list.prepend(page([candle(0), candle(600)], [{ from: 0, to: 60 }, { from: 500, to: 650 }, { from: 60, to: 90 }]));

  assert.deepEqual(list.gaps, [{ from: 0, to: 90 }, { from: 500, to: 700 }, { from: 900, to: 1_000 }]);
  assert.deepEqual(list.candles.map(({ openTime }) => openTime), [0, 600]);
  assert.equal(list.hasOlder, false);
});

test('the oldest are forgotten before there are too many, and may be read again', () => {
  const list = new CandleList();
  list.take(page([candle(0)], [{ from: 0, to: 10 }, { from: 10_000, to: 10_010 }]));
  const changes = new Map();
  for (let second = 1; second <= 50_000; second++) {
    const { kind } = list.receive(candle(second));
    changes.set(kind, (changes.get(kind) ?? 0) + 1);
  }

  assert.deepEqual([...changes], [['newest', 49_999], ['reset', 1]]);
  assert.equal(list.candles.length, 45_001);
  assert.equal(list.candles[0].openTime, 5_000);
  assert.deepEqual(list.gaps, [{ from: 10_000, to: 10_010 }]);
  assert.equal(list.hasOlder, true);
  assert.equal(list.generation, 2);
});
