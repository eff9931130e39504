import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Market } from '../../js/wire/market.js';

function marketOf(now = () => 0) {
  const market = new Market(now);
  const tick = (epoch, seq, previous, prices, more = {}) => market.apply({
    epoch, seq, prev_seq: previous, ts: 1_000,
    data: Object.entries(prices).map(([symbol, price]) => ({ symbol, price, timestamp: 1, ...more })),
  });
  const prices = () => [...market.quotes.values()].map(({ symbol, price }) => `${symbol}=${price}`).join(' ');
  return { market, tick, prices };
}

test('a snapshot replaces the market and a delta changes what it names', () => {
  const { tick, prices } = marketOf();

  const outcomes = [tick(1, 5, 0, { A: 1, B: 2 }), tick(1, 6, 5, { B: 3 }), tick(1, 9, 4, { A: 4 }), tick(2, 1, 0, { A: 5, C: 6 })];

  assert.deepEqual(outcomes, ['applied', 'applied', 'applied', 'applied']);
  assert.equal(prices(), 'A=5 C=6');
});

test('what is older is ignored', () => {
  const { tick, prices } = marketOf();

  assert.deepEqual([tick(2, 5, 0, { A: 1 }), tick(2, 4, 3, { A: 3 }), tick(1, 99, 0, { A: 4 })], ['applied', 'stale', 'stale']);
  assert.equal(prices(), 'A=1');
});

test('the first snapshot of a connection that names another epoch counts, also a lower one', () => {
  const { market, tick, prices } = marketOf();
  tick(2, 5, 0, { A: 1, B: 1 });

  market.begin(1);

  assert.deepEqual([tick(1, 3, 0, { A: 4 }), tick(1, 4, 3, { A: 2 })], ['applied', 'applied']);
  assert.equal(prices(), 'A=2');
  assert.equal(tick(0, 9, 0, { A: 9 }), 'stale');
});

test('on a connection of the same epoch a lower one is old news', () => {
  const { market, tick, prices } = marketOf();
  tick(2, 5, 0, { A: 1 });

  market.begin(2);

  assert.deepEqual([tick(1, 3, 0, { A: 4 }), tick(1, 4, 3, { A: 2 })], ['stale', 'stale']);
  assert.equal(prices(), 'A=1');
});

test('what brings no new price is known', () => {
  const { tick } = marketOf();

  const outcomes = [tick(1, 5, 0, { A: 1 }), tick(1, 6, 0, { A: 1 }), tick(1, 7, 6, {}), tick(1, 8, 7, { A: 'x' }), tick(1, 9, 8, { A: 2 })];

  assert.deepEqual(outcomes, ['applied', 'known', 'known', 'known', 'applied']);
});

test('a symbol that is new in the view comes with the tick that is known', () => {
  const { tick, prices } = marketOf();

  assert.deepEqual([tick(2, 5, 0, { A: 1 }), tick(2, 5, 5, { B: 2 })], ['applied', 'applied']);
  assert.equal(prices(), 'A=1 B=2');
});

test('a delta from a state that was never had is a gap', () => {
  const { tick, prices } = marketOf();

  assert.deepEqual([tick(1, 5, 4, { A: 1 }), tick(1, 5, 0, { A: 2 }), tick(1, 8, 6, { A: 3 }), tick(2, 8, 5, { A: 4 })], ['gap', 'applied', 'gap', 'gap']);
  assert.equal(prices(), 'A=2');
});

test('a cursor holds numbers of more than 32 bits', () => {
  const { market } = marketOf();

  market.apply({ epoch: 1_790_000_000_000, seq: 9_007_199_254_740_991, prev_seq: 0, ts: '1790000000000000', data: [] });

  assert.deepEqual(market.cursor, { epoch: 1_790_000_000_000, seq: 9_007_199_254_740_991 });
});

test('details are plain decimals with the digits that were sent, and undefined if they are not known', () => {
  const { market, tick } = marketOf();

  tick(1, 1, 0, { A: '42000.10' }, {
    bid: '42000.0', bid_size: 2, ask: '1e21', ask_size: '0.10', last: '1.5E-3', last_size: 3, open_24h: '41000.5', high_24h: 43000, low_24h: '40000.00',
    volume_24h: '12345.678', sources: 4, confidence: '0.25', volume: '9.5', time_us: '1795510188095000',
  });

  assert.deepEqual({ ...market.quotes.get('A') }, {
    symbol: 'A', price: '42000.10', first: '42000.10', decimals: 2, timestamp: 1, timeUs: 1_795_510_188_095_000, isStale: false, receivedAt: 0,
    details: {
      bid: '42000.0', bidSize: '2', ask: '1000000000000000000000', askSize: '0.10', last: '0.0015', lastSize: '3', open24h: '41000.5', high24h: '43000',
      low24h: '40000.00', volume24h: '12345.678', confidence: '0.25', sources: 4,
    },
  });
  tick(1, 2, 1, { A: '42000.1' });
  assert.deepEqual(market.quotes.get('A').details, {});
  assert.equal(market.quotes.get('A').decimals, 2);
});

test('a quote was received when its newest change came', () => {
  let now = 10;
  const { market, tick } = marketOf(() => now);
  const receivedAt = () => market.quotes.get('A').receivedAt;
  tick(1, 1, 0, { A: 1 }, { bid: 1 });

  now = 20;
  tick(1, 2, 0, { A: 1 }, { bid: 1 });
  assert.equal(receivedAt(), 10);
  assert.deepEqual([...market.takeChanged()], ['A']);
  assert.equal(tick(1, 3, 2, { A: 1 }, { bid: 2 }), 'known');
  assert.equal(receivedAt(), 20);
  assert.deepEqual([...market.takeChanged()], ['A']);

  now = 30;
  tick(1, 4, 3, { A: 1 }, { bid: 2, stale: true });
  assert.equal(receivedAt(), 30);
  assert.equal(market.quotes.get('A').isStale, true);
});

test('a trade at the same price is a new price', () => {
  const { tick } = marketOf();
  tick(1, 1, 0, { A: 1 }, { time_us: '1795510188095000' });

  assert.equal(tick(1, 2, 1, { A: 1 }, { time_us: '1795510188095000' }), 'known');
  assert.equal(tick(1, 3, 2, { A: 1 }, { time_us: '1795510188096000' }), 'applied');
});

test('symbols of single exchanges outlive the first snapshot until the server says what it brings', () => {
  const { market, tick, prices } = marketOf();
  tick(1, 1, 0, { A: 1, 'coinbase:A': 2, 'kraken:A': 3 });

  market.begin(1, ['coinbase:A']);
  tick(1, 9, 0, { A: 5 });
  assert.equal(prices(), 'A=5 coinbase:A=2');
  market.keepExchangeSymbols(['A']);

  assert.equal(prices(), 'A=5');
  assert.ok(market.takeChanged().has('coinbase:A'));
});

test('it counts the symbols of the whole market, and those that may be out of date', () => {
  const { market, tick } = marketOf();
  const counts = () => [market.symbols, market.stale];

  tick(1, 1, 0, { A: 1, B: 1, 'okx:A': 1 });
  assert.deepEqual(counts(), [2, 0]);
  tick(1, 2, 1, { A: 1, 'okx:A': 1 }, { stale: true });
  assert.deepEqual(counts(), [2, 1]);
  tick(1, 3, 2, { A: 2, B: 2 });
  assert.deepEqual(counts(), [2, 0]);
  tick(1, 4, 0, { B: 2, C: 1 }, { stale: true });
  assert.deepEqual(counts(), [2, 2]);
  market.clear();
  assert.deepEqual(counts(), [0, 0]);
});

test('an exchange that moves is no news beside a price of the whole market that stands still', () => {
  const { tick } = marketOf();

  assert.deepEqual([tick(1, 1, 0, { A: 1, 'okx:A': 1 }), tick(1, 2, 1, { 'okx:A': 2 }), tick(1, 3, 2, { 'okx:A': 3, A: 2 })], ['applied', 'known', 'applied']);
});

test('where only single exchanges may be seen, their prices are the news', () => {
  const { tick } = marketOf();

  assert.deepEqual([tick(1, 1, 0, { 'okx:A': 1 }), tick(1, 2, 1, { 'okx:A': 2 })], ['applied', 'applied']);
});
