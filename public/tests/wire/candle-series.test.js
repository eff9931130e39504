import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asText } from './fake-market.js';
import { SeriesFixture } from './series-fixture.js';

const price = (/** @type {number} */ number) => `${number}.10`;

/** A fixture whose market has some minutes behind it, one of them without a trade. */
function fixtureOf(minutes = 10) {
  const fixture = new SeriesFixture();
  for (let minute = 0; minute < minutes; minute++) {
    if (minute !== 3) {
      fixture.server.trade(price(minute));
    }
    fixture.tick(60);
  }
  return fixture;
}

async function startedOf(minutes) {
  const fixture = fixtureOf(minutes);
  fixture.connect();
  fixture.series.start();
  await fixture.settle();
  return fixture;
}

test('history and what follows it are one series', async () => {
  const fixture = await startedOf();
  fixture.server.trade(price(50));
  fixture.tick(30);
  await fixture.settle();
  assert.equal(fixture.series.candles.at(-1).isClosed, false);
  fixture.tick(60);
  fixture.server.trade(price(51));
  await fixture.settle();

  expectSame(fixture);
  assert.deepEqual([...new Set(fixture.changes.map(({ kind }) => kind))], ['reset', 'newest']);
});

test('a candle that closes between the page and the subscription is neither missed nor doubled', async () => {
  const fixture = fixtureOf();
  fixture.connect();
  fixture.server.trade(price(20));
  fixture.series.start();
  fixture.tick(70);
  fixture.server.trade(price(21));
  await fixture.settle();

  expectSame(fixture);
});

test('a new connection goes on after the last closed candle', async () => {
  const fixture = await startedOf();
  fixture.disconnect();
  for (let minute = 0; minute < 5; minute++) {
    fixture.server.trade(price(60 + minute));
    fixture.tick(60);
  }
  fixture.changes = [];

  fixture.connect();
  await fixture.settle();

  expectSame(fixture);
  assert.ok(fixture.changes.every(({ kind }) => kind === 'newest'));
});

test('after a long absence the newest candles are read again', async () => {
  const fixture = await startedOf();
  fixture.disconnect();
  for (let minute = 0; minute < 1_500; minute++) {
    fixture.server.trade(price(minute));
    fixture.tick(60);
  }

  fixture.server.isAway = true;
  fixture.connect();
  await fixture.settle();
  assert.deepEqual(fixture.changes.at(-1), { kind: 'trouble', words: 'The server says: history unavailable.' });
  fixture.server.isAway = false;
  await fixture.settle();

  expectSame(fixture);
  assert.equal(fixture.series.candles.length, 500);
  await readAll(fixture);
  expectSame(fixture);
  assert.equal(fixture.series.candles.length, 9 + 1_500);
});

test('a symbol without trades for long is followed all the same', async () => {
  const fixture = fixtureOf(5);
  fixture.tick(2_000 * 60);
  fixture.connect();

  fixture.series.start();
  await fixture.settle();
  fixture.server.trade(price(1));
  await fixture.settle();

  expectSame(fixture);
  assert.equal(fixture.changes.filter(({ kind }) => kind === 'reset').length, 1);
});

test('a symbol that has no candle yet gets its first one, also in a market without prices', async () => {
  const fixture = fixtureOf(0);
  fixture.quotes.clear();
  fixture.connect();
  fixture.series.start();
  await fixture.settle();
  assert.deepEqual(fixture.series.candles, []);

  fixture.server.trade(price(1));
  fixture.tick(10);
  await fixture.settle();
  fixture.tick(60);
  fixture.server.trade(price(2));
  await fixture.settle();

  expectSame(fixture);
});

test('a symbol that had no candle before the connection was lost gets all of them', async () => {
  const fixture = await startedOf(0);
  fixture.disconnect();
  fixture.server.trade(price(1));
  fixture.tick(200);

  fixture.connect();
  await fixture.settle();

  expectSame(fixture);
  assert.equal(fixture.series.candles.length, 1);
});

test('a market that begins anew in the past replaces the series', async () => {
  const fixture = await startedOf(100);
  const all = [...fixture.server.candles];

  fixture.disconnect();
  fixture.server.now -= 50 * 60;
  fixture.server.candles = new Map(all.filter(([openTime]) => openTime < fixture.server.now));
  fixture.tick(0);
  fixture.connect();
  fixture.followers.epochChanged();
  await fixture.settle();
  fixture.server.trade(price(7));
  await fixture.settle();

  expectSame(fixture);
  assert.ok(fixture.series.candles.length < 60);
});

test('what was on its way before a market began anew is not of it', async () => {
  const fixture = await startedOf(100);
  fixture.server.trade(price(1));
  fixture.server.flush();
  fixture.server.now -= 50 * 60;
  fixture.server.candles = new Map([...fixture.server.candles].filter(([openTime]) => openTime < fixture.server.now));

  fixture.followers.epochChanged();
  await fixture.platform.pass(2_000);
  await fixture.arrive();
  fixture.receive();

  expectSame(fixture);
});

test('shards that notice it later than the prices are waited for', async () => {
  const fixture = await startedOf(100);
  const { candles, now } = fixture.server;
  fixture.quotes.set('A', { timestamp: now - 3_000 });

  fixture.followers.epochChanged();
  await fixture.platform.pass(2_000);
  await fixture.arrive();
  fixture.server.now -= 3_000;
  fixture.server.candles = new Map([...candles].filter(([openTime]) => openTime < fixture.server.now));
  await fixture.settle();

  expectSame(fixture);
});

test('another life of the ticker brings its gaps', async () => {
  const fixture = await startedOf();
  const gap = { from: fixture.server.now, to: fixture.server.now + 120 };
  fixture.server.gaps = [gap];
  fixture.tick(120);
  fixture.server.trade(price(8));

  fixture.followers.epochChanged();
  await fixture.settle();

  assert.deepEqual(fixture.series.gaps, [gap]);
  expectSame(fixture);
});

test('a history that is away is told, and asked again', async () => {
  const fixture = fixtureOf();
  fixture.server.isAway = true;
  fixture.connect();
  fixture.series.start();
  await fixture.arrive();
  assert.deepEqual(fixture.changes, [{ kind: 'trouble', words: 'The server says: history unavailable.' }]);

  fixture.server.isAway = false;
  await fixture.settle();

  expectSame(fixture);
  assert.deepEqual(fixture.changes.filter(({ kind }) => kind === 'trouble').at(-1), { kind: 'trouble', words: null });
});

test('older candles that are late are told until some come', async () => {
  const fixture = await startedOf();
  fixture.followers.takes({ code: 'history_unavailable', message: 'Later.', symbols: ['A'] });
  assert.deepEqual(fixture.changes.at(-1), { kind: 'trouble', words: 'Later.' });

  fixture.server.trade(price(9));
  await fixture.settle();

  assert.ok(fixture.changes.some((change) => change.kind === 'trouble' && change.words === null));
});

test('a subscription that is refused is repeated where that may help', async () => {
  for (const [code, isRepeated] of [['unavailable', true], ['too_many_series', true], ['forbidden', false], ['unknown_symbol', false]]) {
    const fixture = fixtureOf();
    const take = fixture.server.take.bind(fixture.server);
    fixture.server.take = () => fixture.server.wire.push({ type: 'error', code, message: 'No.', symbols: code === 'too_many_series' ? undefined : ['A'] });
    fixture.connect();
    fixture.series.start();
    await fixture.platform.pass();
    await fixture.arrive();
    fixture.receive();
    assert.deepEqual(fixture.changes.at(-1), { kind: 'trouble', words: 'No.' }, code);

    fixture.server.take = take;
    await fixture.settle();

    assert.equal(fixture.server.subscription !== null, isRepeated, code);
  }
});

test('a running candle whose trades were lost disappears', async () => {
  const fixture = await startedOf();
  fixture.server.trade(price(1));
  await fixture.settle();
  const lost = fixture.series.candles.at(-1).openTime;

  fixture.server.candles.delete(lost);
  fixture.tick(60);
  fixture.server.trade(price(2));
  fixture.tick(61);
  await fixture.settle();

  assert.ok(fixture.series.candles.every(({ openTime }) => openTime !== lost));
  expectSame(fixture);
  assert.ok(fixture.changes.some(({ kind }) => kind === 'reset'));
});

test('older pages join those that are there', async () => {
  const fixture = await startedOf(1_300);
  fixture.server.gaps = [{ from: fixture.server.all[0].open_time - 600, to: fixture.server.all[0].open_time }];
  assert.equal(fixture.series.candles.length, 500);

  const [one, same] = [fixture.series.loadOlder(), fixture.series.loadOlder()];
  await fixture.arrive();
  assert.deepEqual([await one, await same], [true, true]);
  assert.equal(fixture.series.candles.length, 1_000);
  assert.equal(await olderOf(fixture), false);

  expectSame(fixture);
  assert.equal(fixture.series.candles.length, 1_299);
  assert.deepEqual(fixture.changes.map(({ kind }) => kind).filter((kind) => kind !== 'newest'), ['reset', 'older', 'older']);
  assert.equal(await fixture.series.loadOlder(), false);
});

test('stopped it tells nothing more, and leaves the series of another alone', async () => {
  const fixture = await startedOf();
  const sent = [];
  fixture.server.take = (message) => sent.push(message);
  fixture.series.stop();
  fixture.changes = [];

  fixture.server.trade(price(1));
  fixture.connect();
  await fixture.settle();

  assert.deepEqual(fixture.changes, []);
  assert.deepEqual(sent, [{ type: 'unsubscribe', channel: 'candles', symbols: ['A'], interval: '1m' }]);
  assert.equal(fixture.platform.waiting, 0);
});

test('whatever happens in whatever order, each candle is there once and none is missing', async () => {
  for (let seed = 1; seed <= 150; seed++) {
    const random = numbers(seed);
    const fixture = fixtureOf(Math.floor(random() * 12));
    fixture.series.start();
    for (let step = 0; step < 120; step++) {
      await happen(fixture, random);
      expectOrder(fixture, seed);
    }
    fixture.server.isAway = false;
    fixture.connect();
    await fixture.settle();
    await readAll(fixture);
    expectSame(fixture, `seed ${seed}`);
  }
});

/** One of the things that can happen. */
async function happen(fixture, random) {
  const { server } = fixture;
  switch (Math.floor(random() * 14)) {
    case 0: case 1: case 2: return void server.trade(price(Math.floor(random() * 1_000)));
    case 3: case 4: return fixture.tick(Math.floor(random() * 70));
    case 5: return void server.flush();
    case 6: case 7: server.flush(); return fixture.receive();
    case 8: return fixture.arrive();
    case 9: return void (await fixture.platform.pass(Math.floor(random() * 3_000)));
    case 10: return random() < 0.5 ? fixture.disconnect() : fixture.connect();
    case 11: return void (server.isAway = random() < 0.3);
    case 12: return random() < 0.3 ? fixture.tick(1_100 * 60) : undefined;
    default: return random() < 0.2 ? fixture.followers.epochChanged() : undefined;
  }
}

async function olderOf(fixture) {
  const hasMore = fixture.series.loadOlder();
  await fixture.platform.pass();
  await fixture.arrive();
  return hasMore;
}

/** Reads all pages before the first candle. */
async function readAll(fixture) {
  while (await olderOf(fixture)) {
    assert.ok(fixture.series.candles.length < 10_000);
  }
}

/** The client has what the server has, from its own first candle on. */
function expectSame({ series, server }, message) {
  const first = series.candles[0]?.openTime ?? -Infinity;
  assert.deepEqual(series.candles, server.all.map(asText).filter(({ openTime }) => openTime >= first), message);
}

function expectOrder({ series }, seed) {
  series.candles.forEach(({ openTime }, index, all) => {
    assert.ok(index === 0 || all[index - 1].openTime < openTime, `order, seed ${seed}`);
  });
}

function numbers(seed) {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
