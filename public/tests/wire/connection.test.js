import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ask } from '../../js/wire/ask.js';
import { connectionOf, liveConnectionOf, tokenRequests } from './fixture.js';
import { json } from './fake-platform.js';

test('it asks for full detail and the exchanges, with the token as a subprotocol', async () => {
  const { platform, connection, status } = await liveConnectionOf();

  assert.equal(platform.socket.address, 'ws://gateway.test/ws/ticker?detail=full&status=true');
  assert.deepEqual(platform.socket.protocols, ['ticker.v1', 'bearer.token-1']);
  assert.equal(status().state, 'live');
  assert.equal(connection.token, 'token-1');
});

test('it resumes where it was, in full detail', async () => {
  const { platform, told } = await liveConnectionOf();
  platform.socket.tick(7, 0, { A: 1.5 });

  platform.socket.end(1012);
  await platform.pass(300);

  assert.match(platform.socket.address, /\?detail=full&status=true&epoch=1&seq=7$/);
  platform.socket.welcome();
  assert.equal(told.welcomes, 2);
  assert.equal(tokenRequests(platform), 1);
});

test('a gateway that comes back with a lower epoch replaces the market', async () => {
  const { platform, market, status } = await liveConnectionOf();
  platform.socket.end();
  await platform.pass(300);
  platform.socket.welcome(5);
  platform.socket.tick(7, 0, { A: 1.5, B: 1 }, { epoch: 5 });

  platform.socket.end();
  await platform.pass(500);
  platform.socket.welcome(4);
  platform.socket.tick(2, 0, { A: 2.5 }, { epoch: 4 });
  platform.socket.tick(3, 2, { A: 3.5 }, { epoch: 4 });

  assert.equal(market.quotes.get('A').price, '3.5');
  assert.equal(market.quotes.size, 1);
  assert.equal(status().state, 'live');
});

test('missed changes make it ask for all prices again', async () => {
  const { platform } = await liveConnectionOf();
  platform.socket.tick(7, 0, { A: 1.5 });

  platform.socket.tick(12, 10, { A: 2.5 });
  await platform.pass(300);

  assert.equal(platform.sockets.length, 2);
  assert.ok(platform.sockets[0].isClosed);
  assert.ok(!platform.socket.address.includes('seq='));
});

test('only the refusal of the gateway forgets the key', async () => {
  const { platform, connection, status } = connectionOf();
  const issue = platform.answer;
  const page = (status) => () => json('<html>Sorry!</html>', { status, type: 'text/html' });
  const answers = [page(400), page(401), page(403), page(200), () => json({ error: 'unauthorized' }, { status: 401 }), () => Promise.reject(new TypeError('failed'))];
  platform.answer = (request) => (answers.shift() ?? issue)(request);

  connection.start('otk_test');
  while (platform.sockets.length === 0) {
    assert.notEqual(status().refused, true);
    await platform.pass(100);
  }

  assert.equal(platform.socket.protocols[1], 'bearer.token-1');
  platform.answer = () => json({ error: 'invalid API key' }, { status: 401 });
  platform.socket.welcome();
  platform.socket.end(4401);
  await platform.pass(15_000);
  assert.equal(status().state, 'idle');
  assert.equal(status().refused, true);
});

test('an error of this program is not told as one of the network', async () => {
  const { platform, connection, status } = await liveConnectionOf();
  platform.fetch = () => {
    throw new TypeError('AbortSignal.any is not a function');
  };

  await assert.rejects(ask(platform, '/', {}, new AbortController().signal), /AbortSignal.any/);
  connection.fail(new TypeError('AbortSignal.any is not a function'));
  assert.match(status().words, /^This page has a fault of its own \(TypeError: AbortSignal.any/);
  assert.equal(status().state, 'stopped');
});

test('a silent server is left', async () => {
  const { platform, status } = await liveConnectionOf();

  await platform.pass(11_000);
  assert.deepEqual(platform.socket.sent, [{ type: 'ping' }]);
  await platform.pass(8_000);

  assert.equal(platform.sockets[0].isClosed, true);
  assert.equal(platform.sockets.length, 2);
  assert.equal(status().words, 'The server has gone silent.');
});

test('no new price is told, and the next one ends it', async () => {
  const { platform, status } = await liveConnectionOf();
  platform.socket.tick(1, 0, { A: 1.5 });

  await platform.pass(6_000);
  assert.equal(status().state, 'still');
  platform.socket.tick(2, 1, { A: 2.5 });

  assert.equal(status().state, 'live');
});

test('where prices come from is told', async () => {
  const { platform, told } = await liveConnectionOf();

  platform.socket.say({ type: 'status', feeds: [{ exchange: 'kraken', state: 'live' }], source: 'exchanges' });
  platform.socket.say({ type: 'status', feeds: [] });

  assert.deepEqual(told.feeds, [{ feeds: [{ exchange: 'kraken', state: 'live' }], source: 'exchanges' }, { feeds: [], source: null }]);
});

test('how often is said at once and to each new connection', async () => {
  const { platform, connection } = await liveConnectionOf();

  connection.setCadence(1_000);
  connection.setCadence(1_000);
  platform.socket.end();
  connection.setCadence(100);
  await platform.pass(300);
  platform.socket.welcome();
  connection.setCadence(0);

  assert.deepEqual(platform.sockets.map(({ sent }) => sent), [
    [{ type: 'subscribe', interval_ms: 1_000 }],
    [{ type: 'subscribe', interval_ms: 100 }, { type: 'subscribe', interval_ms: 0 }],
  ]);
});

test('ticks that an interval holds back are not counted as conflated', async () => {
  const { platform, connection } = await liveConnectionOf();
  platform.socket.tick(1, 0, { A: 1.5 });
  connection.setCadence(1_000);
  platform.socket.tick(5, 1, { A: 2.5 });
  platform.socket.say({ type: 'subscribed', symbols: ['A'], interval_ms: 1_000 });
  platform.socket.tick(99, 5, { A: 3.5 });
  connection.setCadence(0);
  platform.socket.tick(199, 99, { A: 1.5 });
  platform.socket.say({ type: 'subscribed', symbols: ['A'], interval_ms: 0 });
  platform.socket.tick(250, 199, { A: 4.5 });
  assert.equal(connection.gauges.conflated, 0);

  platform.socket.tick(253, 250, { A: 5.5 });

  assert.equal(connection.gauges.conflated, 2);
});

test('symbols of single exchanges come beside all, until they are not wanted', async () => {
  const { platform, connection, market } = await liveConnectionOf();

  connection.watchExchangeSymbols(['kraken:A', 'coinbase:A']);
  connection.watchExchangeSymbols(['coinbase:A', 'gemini:A']);
  assert.deepEqual(platform.socket.sent, [
    { type: 'subscribe', symbols: ['*', 'kraken:A', 'coinbase:A'] },
    { type: 'unsubscribe', symbols: ['kraken:A'] },
    { type: 'subscribe', symbols: ['*', 'gemini:A'] },
  ]);
  platform.socket.tick(1, 0, { A: 1, 'coinbase:A': 2 });

  platform.socket.end();
  await platform.pass(300);
  platform.socket.welcome();
  platform.socket.tick(9, 0, { A: 5 });
  assert.deepEqual(platform.socket.sent, [{ type: 'subscribe', symbols: ['*', 'coinbase:A', 'gemini:A'] }]);
  assert.equal(market.quotes.get('coinbase:A').price, '2');

  platform.socket.say({ type: 'error', code: 'unknown_symbol', message: 'There is no gemini:A.', symbols: ['gemini:A'] });
  connection.watchExchangeSymbols([]);
  platform.socket.say({ type: 'subscribed', symbols: ['A'], interval_ms: 0 });
  assert.deepEqual([...market.quotes.keys()], ['A']);
});

test('who follows candles is told of each connection and each life of the ticker', async () => {
  const { platform, connection } = await liveConnectionOf();
  const told = [];
  connection.candles.add({ symbol: 'A', interval: '1m', onConnection: () => told.push('connection'), onEpoch: () => told.push('epoch') });
  platform.socket.tick(1, 0, { A: 1 });
  platform.socket.tick(1, 0, { A: 1 }, { epoch: 2 });
  platform.socket.tick(2, 1, { A: 2 }, { epoch: 2 });
  platform.socket.end();
  await platform.pass(300);

  platform.socket.welcome(2);
  platform.socket.end();
  await platform.pass(500);
  platform.socket.welcome(1);

  assert.deepEqual(told, ['epoch', 'connection', 'connection', 'epoch']);
});

test('candles of the connection reach those who follow them', async () => {
  const { platform, connection } = await liveConnectionOf();
  const told = [];
  const follower = { symbol: 'A', interval: '1m', onFollowed: () => told.push('followed'), onCandles: (candles) => told.push(candles[0].open) };
  connection.candles.add(follower);
  connection.candles.subscribe(follower, 60);

  platform.socket.say({ type: 'subscribed', channel: 'candles', symbols: ['A'], interval: '1m' });
  platform.socket.say('{"type":"candles","symbol":"A","interval":"1m","data":[{"open_time":60,"open":1.50,"high":2,"low":1,"close":2,"closed":true}]}');
  platform.socket.say('{"type":"candles","symbol":"A","interval":"5m","data":[{"open_time":60,"open":9.50,"high":2,"low":1,"close":2,"closed":true}]}');

  assert.deepEqual(platform.socket.sent, [{ type: 'subscribe', channel: 'candles', symbols: ['A'], interval: '1m', from: 60 }]);
  assert.deepEqual(told, ['followed', '1.50']);
});

test('an error of the server is told, and the connection goes on', async () => {
  const { platform, status } = await liveConnectionOf();

  platform.socket.say({ type: 'error', code: 'unknown_type', message: 'There is no such type.' });

  assert.equal(status().words, 'The server says: There is no such type.');
  assert.equal(status().state, 'live');
});

test('stopped it leaves nothing behind', async () => {
  const { platform, connection, status } = await liveConnectionOf();

  connection.stop();

  assert.equal(platform.waiting, 0);
  assert.equal(platform.socket.isClosed, true);
  assert.equal(connection.token, null);
  assert.equal(status().state, 'idle');
});
