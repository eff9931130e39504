import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Api } from '../../js/wire/api.js';
import { FakePlatform, json } from './fake-platform.js';

const PROBLEM = 'application/problem+json';

function apiOf(answer, token = 'token-1') {
  const platform = new FakePlatform();
  platform.answer = answer;
  return { platform, api: new Api({ token: () => token, platform }) };
}

const never = () => new AbortController().signal;

test('candles come with the digits that were sent', async () => {
  const { platform, api } = apiOf(() => json(`{"symbol":"BTC-USD","interval":"1m","candles":[
    {"open_time":1795510140,"open":42000.10,"high":42010,"low":41990.500,"close":1e21,"volume":1.50,"quote_volume":63005.2,"trades":12,"closed":true},
    {"open_time":1795510200,"open":1.0,"high":1,"low":1,"close":0.1234567890123456789,"volume":0,"quote_volume":0.0,"trades":0,"closed":false}
    ],"gaps":[{"from":1795510200,"to":1795510260}],"next_cursor":"abc"}`.replace(/\s*\n\s*/g, '')));

  const { kind, value } = await api.candles({ symbol: 'coinbase:BTC-USD', interval: '1m', from: undefined, to: 1795510260, limit: 2 }, never());

  assert.equal(kind, 'ok');
  assert.deepEqual(value, {
    candles: [
      {
        openTime: 1795510140, open: '42000.10', high: '42010', low: '41990.500', close: '1000000000000000000000', volume: '1.50', quoteVolume: '63005.2',
        trades: 12, isClosed: true,
      },
      { openTime: 1795510200, open: '1.0', high: '1', low: '1', close: '0.1234567890123456789', volume: '0', quoteVolume: '0.0', trades: 0, isClosed: false },
    ],
    gaps: [{ from: 1795510200, to: 1795510260 }],
    nextCursor: 'abc',
  });
  const [request] = platform.requests;
  assert.equal(request.url, 'http://gateway.test/api/v1/candles?symbol=coinbase%3ABTC-USD&interval=1m&to=1795510260&limit=2');
  assert.equal(request.headers.get('Authorization'), 'Bearer token-1');
  assert.equal(request.cache, 'default');
});

test('tickers keep their names, and their decimals the digits that were sent', async () => {
  const { api } = apiOf(() => json('{"epoch":1795510187675,"seq":42,"ts":1795510188095000,"tickers":[{"symbol":"A","price":42000,"timestamp":1795510188,"time_us":1795510188095000,'
    + '"open_24h":41000.50,"quote_volume_24h":1e21,"trades_24h":17,"change_percent_24h":2.4384,"sources":4,"day_source":"history"}]}'));

  const { value } = await api.tickers(never());

  assert.deepEqual(value, {
    epoch: 1795510187675,
    seq: 42,
    tickers: [{
      symbol: 'A', price: '42000', timestamp: 1795510188, time_us: 1795510188095000, open_24h: '41000.50', quote_volume_24h: '1000000000000000000000', trades_24h: 17,
      change_percent_24h: '2.4384', sources: 4, day_source: 'history',
    }],
  });
});

test('each failure is told as what it is', async () => {
  const failures = [
    [401, PROBLEM, { detail: 'authentication required' }, 'refused', 'The server says: authentication required.'],
    [403, PROBLEM, { detail: 'forbidden' }, 'refused', 'The server says: forbidden.'],
    [400, PROBLEM, { detail: 'limit must be …' }, 'refused', 'The server says: limit must be ….'],
    [404, PROBLEM, { detail: 'no such symbol' }, 'missing', 'The server says: no such symbol.'],
    [429, PROBLEM, { detail: 'too many requests' }, 'busy', 'The server says: too many requests.'],
    [503, PROBLEM, { detail: 'history unavailable' }, 'unavailable', 'The server says: history unavailable.'],
    [401, 'text/html', '<html>', 'foreign', 'Something in front of the server answered in its place.'],
    [403, 'application/json', { detail: 'x' }, 'foreign', 'Something in front of the server answered in its place.'],
    [200, 'text/html', '<html>', 'foreign', 'Something in front of the server answered in its place.'],
    [200, 'application/json', 'null', 'foreign', 'Something in front of the server answered in its place.'],
    [502, 'text/html', '<html>', 'unreachable', 'The server does not answer.'],
  ];
  for (const [status, type, body, kind, words] of failures) {
    const { api } = apiOf(() => json(body, { status, type, headers: { 'Retry-After': '7' } }));

    assert.deepEqual(await api.tickers(never()), { kind, words, afterMs: 7_000 }, `${status} ${type}`);
  }
});

test('no answer is none, and neither is one that came too late', async () => {
  const { platform, api } = apiOf(({ signal }) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))));

  const answer = api.tickers(never());
  await platform.pass(11_000);

  assert.deepEqual(await answer, { kind: 'unreachable', words: 'The server does not answer.', afterMs: 0 });
  const scope = new AbortController();
  const aborted = api.tickers(scope.signal);
  scope.abort();
  assert.equal((await aborted).kind, 'unreachable');
});

test('without a token nothing is asked', async () => {
  const { platform, api } = apiOf(() => json({}), null);

  assert.equal((await api.tickers(never())).kind, 'refused');
  assert.equal(platform.requests.length, 0);
});

test('an answer that this program does not understand is its fault', async () => {
  const { api } = apiOf(() => json({ epoch: 1 }));

  await assert.rejects(api.tickers(never()), TypeError);
});
