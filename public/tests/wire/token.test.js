import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAnswer } from '../../js/wire/token.js';
import { backoff } from '../../js/wire/backoff.js';
import { endingOf } from '../../js/wire/endings.js';
import { json } from './fake-platform.js';
import { liveConnectionOf, tokenRequests } from './fixture.js';

test('only what has the form of the gateway is its word', () => {
  const answers = [
    [200, 'application/json', '{"token":"a.b-c_d"}', 'issued'],
    [401, 'application/json', '{"error":"invalid API key"}', 'refused'],
    [401, 'application/json', '{"error":"unauthorized"}', 'unavailable'],
    [401, 'application/json', '{"message":"Unauthorized"}', 'foreign'],
    [401, 'text/html', '{"error":"invalid API key"}', 'foreign'],
    [403, 'application/json', '{"error":"invalid API key"}', 'unavailable'],
    [400, 'application/json', '{"error":"api_key required"}', 'unavailable'],
    [200, 'application/json', '{"error":"invalid API key"}', 'foreign'],
    [200, 'application/json', '{"token":"two words"}', 'foreign'],
    [200, 'application/json', 'null', 'foreign'],
    [200, 'text/html', '<html>', 'foreign'],
    [0, '', '', 'foreign'],
    [404, 'text/html', '<html>', 'foreign'],
    [429, 'application/json', '{"error":"too many requests"}', 'busy'],
    [429, 'text/html', '<html>', 'foreign'],
    [500, 'application/json', '{"error":"database unavailable"}', 'unavailable'],
    [503, 'application/json', '{"error":"token store unavailable"}', 'unavailable'],
    [502, 'text/html', '<html>', 'unreachable'],
  ];
  for (const [status, type, text, kind] of answers) {
    assert.equal(readAnswer({ status, type, text, afterMs: 0 }).kind, kind, `${status} ${type} ${text}`);
  }
});

test('a wait stays below a ceiling that doubles up to fifteen seconds', () => {
  assert.deepEqual([0, 1, 2, 6, 60, 5_000].map((attempt) => backoff(attempt, () => 1)), [250, 500, 1_000, 15_000, 15_000, 15_000]);
  assert.equal(backoff(60, () => 0), 0);
});

test('each close says whether to come back, and one of a proxy never says no', () => {
  const endings = [
    [1000, '', 'reconnect'], [1001, '', 'reconnect'], [1006, '', 'reconnect'], [1008, '', 'reconnect'],
    [1008, 'closed by an administrator', 'stop'], [1009, '', 'reconnect'], [1009, 'message too big', 'stop'], [1011, '', 'reconnect'],
    [1012, '', 'reconnect'], [4401, '', 'renew'], [4408, '', 'reconnect'], [4429, '', 'reconnect'],
  ];
  for (const [code, reason, next] of endings) {
    assert.equal(endingOf(code, reason).next, next, `${code} ${reason}`);
  }
});

test('a token is renewed before it ends, again and again, without a flicker', async () => {
  const fixture = await liveConnectionOf({ lifetime: 60 });
  const { platform, connection, told } = fixture;

  for (let minutes = 0; minutes < 20; minutes++) {
    await live(fixture, 60_000, () => platform.socket.say({ type: 'auth', expires_at: 1 }));
  }

  assert.equal(platform.sockets.length, 1);
  assert.deepEqual([...new Set(told.statuses.map(({ state }) => state))], ['connecting', 'live']);
  assert.equal(tokenRequests(platform), 25 + 1);
  assert.equal(connection.token, platform.socket.sentOf('auth').at(-1).token);
});

test('until the server has accepted a token, the one before counts', async () => {
  const fixture = await liveConnectionOf({ lifetime: 100 });
  const { platform, connection } = fixture;

  await live(fixture, 85_000);
  assert.deepEqual(platform.socket.sentOf('auth'), [{ type: 'auth', token: 'token-2' }]);
  assert.equal(connection.token, 'token-1');
  platform.socket.say({ type: 'auth', expires_at: 1 });

  assert.equal(connection.token, 'token-2');
});

test('a renewal that is not accepted is repeated, and told to nobody', async () => {
  const fixture = await liveConnectionOf({ lifetime: 1_000 });
  const { platform, connection, status } = fixture;
  const issue = platform.answer;
  await live(fixture, 810_000);

  for (const code of ['unavailable', 'too_many_requests', 'invalid_token']) {
    platform.socket.say({ type: 'error', code, message: 'No.' });
    await live(fixture, 30_000);
  }
  assert.deepEqual(platform.socket.sentOf('auth').map(({ token }) => token), ['token-2', 'token-3', 'token-4', 'token-5']);
  platform.answer = () => json('<html>', { status: 502, type: 'text/html' });
  platform.socket.say({ type: 'error', code: 'unavailable', message: 'No.' });
  await live(fixture, 30_000);
  platform.answer = issue;
  await live(fixture, 30_000);
  platform.socket.say({ type: 'auth', expires_at: 1 });

  assert.equal(status().words, '');
  assert.equal(connection.token, 'token-6');
});

test('a token that was revoked is replaced after 4401', async () => {
  const { platform, status } = await liveConnectionOf();

  platform.socket.end(4401, 'token revoked');
  await platform.pass(300);
  assert.equal(platform.socket.protocols[1], 'bearer.token-2');
  platform.socket.welcome();

  assert.equal(status().state, 'live');
  assert.match(status().words, /^The token had expired or was revoked/);
});

test('a token that ended while the device slept is not presented again', async () => {
  const { platform, connection } = await liveConnectionOf({ lifetime: 1_000 });

  platform.time += 2_000_000;
  assert.equal(connection.token, null);
  platform.socket.end();
  await platform.pass(300);

  assert.equal(platform.socket.protocols[1], 'bearer.token-2');
});

test('a token that lives longer than a timer can wait is not renewed at once', async () => {
  const { platform } = await liveConnectionOf({ lifetime: 90 * 86_400 });
  const waits = [];
  const { setTimeout } = platform;
  platform.setTimeout = (action, ms) => {
    waits.push(ms);
    return setTimeout(action, ms);
  };

  platform.socket.end();
  await platform.pass(300);
  platform.socket.welcome();

  assert.equal(waits.at(-1), 2 ** 31 - 1);
  assert.equal(tokenRequests(platform), 1);
});

/** Time passes while prices come. */
async function live({ platform }, ms, each = () => {}) {
  const socket = platform.socket;
  for (let left = ms; left > 0; left -= 4_000) {
    socket.tick(1, 0, { A: platform.time });
    await platform.pass(Math.min(left, 4_000));
    each();
  }
}
