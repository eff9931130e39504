import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stateOf } from '../../js/health/state.js';

const live = { exchange: 'coinbase', state: /** @type {const} */ ('live') };
const away = { exchange: 'kraken', state: /** @type {const} */ ('away') };
const known = { state: /** @type {const} */ ('live'), feeds: [live, { ...live, exchange: 'okx' }], symbols: 3, stale: 0 };

test('it is live only while prices come, of exchanges that are there', () => {
  assert.deepEqual(stateOf(known), { tone: 'live', words: 'Live', isLive: true });
  assert.deepEqual(stateOf({ ...known, feeds: [] }), { tone: 'live', words: 'Live', isLive: true });
  assert.deepEqual(stateOf({ ...known, feeds: [live, away] }), { tone: 'trouble', words: 'Live, 1 of 2 exchanges away', isLive: true });
  assert.deepEqual(stateOf({ ...known, feeds: [away, { ...away, exchange: 'okx' }] }), { tone: 'trouble', words: 'No exchange is live', isLive: false });
  assert.deepEqual(stateOf({ ...known, stale: 3 }), { tone: 'trouble', words: 'All prices are out of date', isLive: false });
  assert.deepEqual(stateOf({ ...known, stale: 2 }), { tone: 'trouble', words: 'Live, 2 of 3 prices out of date', isLive: true });
  assert.deepEqual(stateOf({ ...known, stale: 1 }), { tone: 'live', words: 'Live, 1 of 3 prices out of date', isLive: true });
  assert.equal(stateOf({ ...known, symbols: 0 }).words, 'Live');
});

test('a connection that is none is never live, whatever the exchanges were when it was lost', () => {
  for (const [state, words, tone] of /** @type {const} */ ([
    ['idle', 'Not connected', 'none'], ['connecting', 'Connecting', 'none'], ['still', 'No new price', 'trouble'],
    ['reconnecting', 'Reconnecting', 'trouble'], ['stopped', 'Stopped', 'trouble'],
  ])) {
    assert.deepEqual(stateOf({ ...known, state }), { tone, words, isLive: false });
  }
});
