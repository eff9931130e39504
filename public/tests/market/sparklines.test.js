import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, mock, test } from 'node:test';
import { Sparklines } from '../../js/market/sparklines.js';

const SLOT_S = 900;
const NEWEST = 1_795_510_800;
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('Sparklines', () => {
  let now = 0;
  /** @type {{ symbol: string, query: any, signal: AbortSignal, answer: (result: any) => Promise<unknown> }[]} */
  let requests = [];
  /** @type {string[]} */
  let ready = [];
  /** @type {Sparklines} */
  let sparklines;

  /** @param {object[]} candles @param {object[]} [gaps] */
  const page = (candles, gaps = []) => ({ kind: 'ok', value: { candles, gaps, nextCursor: null } });
  const unanswered = () => requests.map(({ symbol }) => symbol);

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] });
    now = 0;
    requests = [];
    ready = [];
    const api = {
      candles: (/** @type {any} */ query, /** @type {AbortSignal} */ signal) => new Promise((resolve) => {
        const request = {
          symbol: query.symbol, query, signal,
          answer: (/** @type {any} */ result) => {
            requests.splice(requests.indexOf(request), 1);
            resolve(result);
            return settled();
          },
        };
        requests.push(request);
      }),
    };
    sparklines = new Sparklines({
      api: /** @type {any} */ (api), onReady: (symbol) => ready.push(symbol), now: () => now, unixNow: () => (NEWEST + 60) * 1_000,
    });
  });

  afterEach(() => mock.timers.reset());

  test('loads the last 24 hours in candles of a quarter of an hour', async () => {
    sparklines.want(['BTC-USD']);
    assert.deepEqual(requests[0].query, { symbol: 'BTC-USD', interval: '15m', limit: 97 });
    assert.equal(sparklines.of('BTC-USD'), undefined);
    await requests[0].answer(page([{ openTime: NEWEST - SLOT_S, close: '1.5' }, { openTime: NEWEST, close: '2' }]));
    const closes = sparklines.of('BTC-USD') ?? [];
    assert.deepEqual([closes.length, closes[93], closes[94], closes[95]], [96, NaN, 1.5, 2]);
    assert.deepEqual(ready, ['BTC-USD']);
  });

  test('where nothing was traded the price stood still, and where nobody watched it is not known', async () => {
    sparklines.want(['BTC-USD']);
    await requests[0].answer(page(
      [{ openTime: NEWEST - 97 * SLOT_S, close: '7' }, { openTime: NEWEST - 5 * SLOT_S, close: '8' }, { openTime: NEWEST - SLOT_S, close: '9' }],
      [{ from: NEWEST - 3 * SLOT_S, to: NEWEST - 1.5 * SLOT_S }]));
    const closes = sparklines.of('BTC-USD') ?? [];
    assert.deepEqual(closes.slice(-7), [7, 8, 8, NaN, 8, 9, 9]);
    assert.equal(closes[0], 7);
  });

  test('a device whose clock is behind does not cut the newest candles off', async () => {
    sparklines.want(['BTC-USD']);
    await requests[0].answer(page([{ openTime: NEWEST, close: '1' }, { openTime: NEWEST + 9 * SLOT_S, close: '2' }]));
    assert.equal(sparklines.of('BTC-USD')?.at(-1), 2);
  });

  test('has at most four requests at once, and asks first for what came into sight last', async () => {
    sparklines.want(['A', 'B', 'C', 'D', 'E', 'F']);
    assert.deepEqual(unanswered(), ['A', 'B', 'C', 'D']);
    sparklines.want(['E', 'F', 'G', 'H']);
    await requests[0].answer(page([]));
    await requests[0].answer(page([]));
    assert.deepEqual(unanswered(), ['C', 'D', 'G', 'H']);
    sparklines.want(['F']);
    await requests[0].answer(page([]));
    assert.deepEqual(unanswered(), ['D', 'G', 'H', 'F']);
    await requests[0].answer(page([]));
    assert.deepEqual(unanswered(), ['G', 'H', 'F']);
  });

  test('does not ask twice within 15 minutes, and shows the old course until it has a new one', async () => {
    sparklines.want(['BTC-USD']);
    sparklines.want(['BTC-USD']);
    assert.equal(requests.length, 1);
    await requests[0].answer(page([{ openTime: NEWEST, close: '1' }]));
    now = 899_000;
    sparklines.want(['BTC-USD']);
    assert.equal(requests.length, 0);
    now = 900_000;
    sparklines.want(['BTC-USD']);
    assert.equal(requests.length, 1);
    assert.equal(sparklines.of('BTC-USD')?.at(-1), 1);
  });

  test('rests as long as the server wants, and then goes on with what failed', async () => {
    sparklines.want(['A', 'B', 'C', 'D', 'E']);
    await requests[0].answer({ kind: 'busy', words: '', afterMs: 8_000 });
    assert.deepEqual(unanswered(), ['B', 'C', 'D']);
    mock.timers.tick(7_999);
    assert.equal(requests.length, 3);
    mock.timers.tick(1);
    assert.deepEqual(unanswered(), ['B', 'C', 'D', 'E']);
    await requests[0].answer(page([]));
    assert.deepEqual(unanswered(), ['C', 'D', 'E', 'A']);
  });

  test('a symbol without candles is not asked for again and again', async () => {
    sparklines.want(['NEW-USD']);
    await requests[0].answer({ kind: 'missing', words: '', afterMs: 0 });
    sparklines.want(['NEW-USD']);
    assert.equal(requests.length, 0);
    assert.deepEqual(sparklines.of('NEW-USD'), []);
  });

  test('an answer that comes after everything was forgotten is none', async () => {
    sparklines.want(['A', 'B', 'C', 'D', 'E']);
    const [late] = requests;
    sparklines.clear();
    assert.equal(late.signal.aborted, true);
    await late.answer(page([{ openTime: NEWEST, close: '1' }]));
    assert.equal(sparklines.of('A'), undefined);
    assert.deepEqual(ready, []);
    assert.equal(unanswered().includes('E'), false);
  });
});
