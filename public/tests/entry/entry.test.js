import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestDemoKeyFile } from '../../js/entry/demo-key.js';
import { keyIn } from '../../js/entry/key-text.js';

const KEY = 'otk_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AB';

test('a key is found however it was copied', () => {
  for (const text of [
    KEY,
    `  ${KEY}\n`,
    `${KEY.slice(0, 20)}\r\n${KEY.slice(20)}`,
    `\u00a0${KEY}\u200b\ufeff`,
    `"${KEY}",`,
    `info: Gateway[2100]\n      Demo API key: ${KEY.slice(0, 12)}\n${KEY.slice(12)}\n`,
    `X-Api-Key: ${KEY}\nAccept: */*`,
  ]) {
    assert.equal(keyIn(text), KEY, JSON.stringify(text));
  }
});

test('what is no key is left to the server, without white space', () => {
  assert.equal(keyIn(' otk_short \n'), 'otk_short');
  assert.equal(keyIn(' \n\t '), '');
});

test('only the gateway’s own answer says where the demo key is', async () => {
  const answer = { status: 200, type: 'application/json', text: '{"demo_key_file":"/srv/data/demo-api-key"}', afterMs: 0 };
  const askedFor = (/** @type {typeof answer | null} */ given) => requestDemoKeyFile(async (path) => (path === '/entry.json' ? given : null));
  assert.equal(await askedFor(answer), '/srv/data/demo-api-key');
  for (const other of [{ text: '{}' }, { text: '{"demo_key_file":5}' }, { text: 'no' }, { text: '[]' }, { type: 'text/html' }, { status: 404 }]) {
    assert.equal(await askedFor({ ...answer, ...other }), null);
  }
  assert.equal(await askedFor(null), null);
});
