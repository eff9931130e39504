import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { DayFigures } from '../../js/market/day-figures.js';
import { quote } from './quotes.js';

const DAY = { symbol: 'BTC-USD', open_24h: '40000', high_24h: '42500', low_24h: '39000.5', volume_24h: '10', day_source: 'history' };
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('DayFigures', () => {
  let now = 0;
  let page = Object.assign(new EventTarget(), { hidden: false });
  /** @type {any[]} The answers to come; the last one is repeated. */
  let answers = [];
  /** @type {AbortSignal[]} */
  let asked = [];
  let refreshes = 0;
  /** @type {DayFigures} */
  let figures;

  /** @param {...object} tickers */
  const ok = (...tickers) => ({ kind: 'ok', value: { tickers } });

  /** Lets time pass, in steps in which answers arrive. @param {number} ms */
  async function pass(ms) {
    for (let left = ms; left > 0; left -= 1_000) {
      now += Math.min(1_000, left);
      mock.timers.tick(Math.min(1_000, left));
      await settled();
    }
  }

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    now = 0;
    refreshes = 0;
    asked = [];
    answers = [ok(DAY)];
    page = Object.assign(new EventTarget(), { hidden: false });
    const api = {
      tickers: async (/** @type {AbortSignal} */ signal) => {
        asked.push(signal);
        return answers.length > 1 ? answers.shift() : answers[0];
      },
    };
    figures = new DayFigures({ api, onRefresh: () => refreshes++, page: /** @type {any} */ (page), now: () => now });
  });

  afterEach(() => mock.timers.reset());

  async function start() {
    figures.start();
    await settled();
  }

  test('asks at once and each 30 seconds', async () => {
    await start();
    assert.deepEqual(figures.of('BTC-USD'), {
      open: '40000', high: '42500', low: '39000.5', volume: '10', quoteVolume: undefined, source: 'history',
    });
    assert.equal(refreshes, 1);
    await pass(29_000);
    assert.equal(asked.length, 1);
    await pass(1_000);
    assert.equal(asked.length, 2);
  });

  test('asks nothing while nobody looks, and at once when somebody does again', async () => {
    await start();
    page.hidden = true;
    await pass(120_000);
    assert.equal(asked.length, 1);
    page.hidden = false;
    page.dispatchEvent(new Event('visibilitychange'));
    await settled();
    assert.equal(asked.length, 2);
    page.dispatchEvent(new Event('visibilitychange'));
    await settled();
    assert.equal(asked.length, 2);
  });

  test('asks again soon after a failure, but not before the server wants', async () => {
    answers = [{ kind: 'unreachable', words: '', afterMs: 0 }, { kind: 'busy', words: '', afterMs: 12_000 }, ok(DAY)];
    await start();
    await pass(5_000);
    assert.equal(asked.length, 2);
    await pass(11_000);
    assert.equal(asked.length, 2);
    await pass(1_000);
    assert.equal(figures.of('BTC-USD')?.open, '40000');
  });

  test('does not show figures that are no longer those of the last 24 hours', async () => {
    answers = [ok(DAY), { kind: 'unavailable', words: '', afterMs: 0 }];
    await start();
    await pass(299_000);
    assert.notEqual(figures.of('BTC-USD'), undefined);
    await pass(2_000);
    assert.equal(figures.of('BTC-USD'), undefined);
    assert.equal(figures.change(quote('BTC-USD', '41000', { open24h: '40500' })).percent, '+1.23 %');
  });

  test('forgets everything when it is stopped, and an answer that comes after it', async () => {
    figures.start();
    figures.stop();
    await settled();
    assert.equal(asked[0].aborted, true);
    assert.equal(figures.of('BTC-USD'), undefined);
    await pass(60_000);
    assert.equal(asked.length, 1);
  });

  test('tells the change of the running price against the one of 24 hours ago', async () => {
    await start();
    assert.deepEqual(figures.change(quote('BTC-USD', '41000.50')), { percent: '+2.50 %', absolute: '+1,000.50', direction: 1 });
    assert.deepEqual(figures.change(quote('BTC-USD', '39999.9')), { percent: '0.00 %', absolute: '−0.10', direction: -1 });
    assert.deepEqual(figures.change(quote('BTC-USD', '40000.0')), { percent: '0.00 %', absolute: '0.00', direction: 0 });
    assert.deepEqual(figures.change(quote('ETH-USD', '1')), { percent: '–', absolute: '–', direction: 0 });
    assert.equal(figures.ratio(quote('BTC-USD', '42000')), 1.05);
    assert.equal(figures.ratio(quote('ETH-USD', '1')), undefined);
  });

  test('high and low include the running price, also after it has gone back', async () => {
    await start();
    assert.equal(figures.high(quote('BTC-USD', '42000')), '42500');
    assert.equal(figures.high(quote('BTC-USD', '42500.000000000000001')), '42500.000000000000001');
    assert.equal(figures.high(quote('BTC-USD', '42000')), '42500.000000000000001');
    assert.equal(figures.low(quote('BTC-USD', '38000')), '38000');
    assert.equal(figures.low(quote('BTC-USD', '42000')), '38000');
    assert.equal(figures.low(quote('ETH-USD', '5', { low24h: '7' })), '5');
    assert.equal(figures.high(quote('ETH-USD', '5')), undefined);
  });

  test('the turnover is in the quote currency', async () => {
    answers = [ok(DAY, { ...DAY, symbol: 'ETH-USD', quote_volume_24h: '1234.5' })];
    await start();
    assert.equal(figures.turnover(quote('ETH-USD', '2')), 1234.5);
    assert.equal(figures.turnover(quote('BTC-USD', '41000')), 410_000);
    assert.equal(figures.turnover(quote('ADA-USD', '2', { volume24h: '3' })), 6);
    assert.equal(figures.turnover(quote('ADA-USD', '2')), undefined);
  });
});
