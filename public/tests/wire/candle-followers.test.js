import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CandleFollowers } from '../../js/wire/candle-followers.js';

function followersOf() {
  const sent = [];
  const told = [];
  const followers = new CandleFollowers((message) => sent.push(message));
  const followerOf = (symbol, interval = '1m') => ({
    symbol,
    interval,
    onConnection: () => {},
    onFollowed: () => told.push(`${symbol} followed`),
    onRefused: (code) => told.push(`${symbol} ${code}`),
    onDelayed: () => told.push(`${symbol} delayed`),
    onCandles: () => told.push(`${symbol} candles`),
  });
  return { followers, followerOf, sent, told };
}

function addedOf(symbols) {
  const fixture = followersOf();
  const added = symbols.map((symbol) => fixture.followerOf(symbol));
  added.forEach((follower) => fixture.followers.add(follower));
  fixture.followers.begin();
  added.forEach((follower) => fixture.followers.subscribe(follower, undefined));
  return { ...fixture, added };
}

test('answers are about what was asked, in that order', () => {
  const { followers, told } = addedOf(['A', 'B', 'C']);

  followers.acknowledged();
  followers.takes({ code: 'from_too_early', symbols: ['B'] });
  followers.acknowledged();
  followers.takes({ code: 'too_many_series' });

  assert.deepEqual(told, ['A followed', 'B from_too_early', 'C too_many_series']);
});

test('an error that is about something else is not taken', () => {
  const { followers } = addedOf(['A']);

  assert.equal(followers.takes({ code: 'unknown_symbol', symbols: ['B'] }), false);
  assert.equal(followers.takes({ code: 'unknown_type' }), false);
  followers.acknowledged();
  assert.equal(followers.takes({ code: 'unavailable', symbols: ['A'] }), false);
});

test('the answers to a connection that was lost do not count on the next one', () => {
  const { followers, added: [a], told, sent } = addedOf(['A']);
  followers.end();
  followers.subscribe(a, 60);
  assert.equal(sent.length, 1);

  followers.begin();
  followers.acknowledged();

  assert.deepEqual(told, []);
});

test('a series is left only when the last one that follows it leaves', () => {
  const { followers, added: [one, other], told, sent } = addedOf(['A', 'A']);

  followers.remove(one);
  assert.equal(sent.length, 2);
  followers.acknowledged();
  followers.acknowledged();
  followers.receive({ symbol: 'A', interval: '1m', data: [] });
  followers.remove(other);
  followers.receive({ symbol: 'A', interval: '1m', data: [] });

  assert.deepEqual(told, ['A followed', 'A candles']);
  assert.deepEqual(sent.at(-1), { type: 'unsubscribe', channel: 'candles', symbols: ['A'], interval: '1m' });
});

test('who follows a series late hears of candles that are late', () => {
  const { followers, told } = addedOf(['A', 'B']);

  assert.equal(followers.takes({ code: 'history_unavailable', symbols: ['B'] }), true);

  assert.deepEqual(told, ['B delayed']);
});
