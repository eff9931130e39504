import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Preferences } from '../../js/market/preferences.js';
import { Stars } from '../../js/market/stars.js';

/** A store in memory, which can refuse. */
class FakeStore {
  /** @type {Map<string, string>} */
  items = new Map();
  /** @type {Error | null} */
  refusal = null;

  /** @param {string} key */
  getItem(key) {
    return this.items.get(key) ?? null;
  }

  /** @param {string} key @param {string} value */
  setItem(key, value) {
    if (this.refusal !== null) {
      throw this.refusal;
    }
    this.items.set(key, value);
  }
}

test('what was written is read again, also by the next page', () => {
  const store = new FakeStore();
  new Preferences(store).write('list', { column: 'price' });
  assert.deepEqual(new Preferences(store).read('list', null), { column: 'price' });
  assert.deepEqual([...store.items.keys()], ['orleansticker.list']);
});

test('nothing, or what is no JSON, reads as the fallback', () => {
  const store = new FakeStore();
  store.items.set('orleansticker.list', '{');
  assert.equal(new Preferences(store).read('list', 7), 7);
  assert.equal(new Preferences(store).read('other', 8), 8);
});

test('a store that refuses is replaced by memory, until it takes values again', () => {
  const store = new FakeStore();
  const preferences = new Preferences(store);
  preferences.write('stars', 1);
  store.refusal = new DOMException('full', 'QuotaExceededError');
  preferences.write('stars', 2);
  assert.equal(preferences.read('stars', 0), 2);
  store.refusal = null;
  preferences.write('stars', 3);
  assert.equal(preferences.read('stars', 0), 3);
  assert.equal(store.items.get('orleansticker.stars'), '3');
});

test('an error of the program is not taken for a refusal', () => {
  const store = new FakeStore();
  store.refusal = new TypeError('wrong');
  assert.throws(() => new Preferences(store).write('stars', 1), TypeError);
});

test('without a store everything is kept in memory', () => {
  const preferences = new Preferences(null);
  preferences.write('stars', [1]);
  assert.deepEqual(preferences.read('stars', []), [1]);
});

test('stars are kept, and taken away again', () => {
  const preferences = new Preferences(new FakeStore());
  const stars = new Stars(preferences);
  assert.equal(stars.toggle('BTC-USD'), true);
  assert.equal(stars.toggle('ETH-USD'), true);
  assert.equal(stars.toggle('BTC-USD'), false);
  const next = new Stars(preferences);
  assert.deepEqual([next.has('BTC-USD'), next.has('ETH-USD'), next.size], [false, true, 1]);
});

test('two tabs do not take each other\'s stars away', () => {
  const preferences = new Preferences(new FakeStore());
  const [one, other] = [new Stars(preferences), new Stars(preferences)];
  one.toggle('BTC-USD');
  other.toggle('ETH-USD');
  assert.equal(new Stars(preferences).size, 2);
  one.reload();
  assert.equal(one.has('ETH-USD'), true);
});

test('stars survive whatever else was kept under their name', () => {
  const store = new FakeStore();
  for (const [text, size] of /** @type {const} */ ([['{"a":1}', 0], ['null', 0], ['[1,"BTC-USD",null]', 1]])) {
    store.items.set('orleansticker.stars', text);
    assert.equal(new Stars(new Preferences(store)).size, size, text);
  }
});
