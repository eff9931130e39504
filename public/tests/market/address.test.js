import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Address, hrefOf, matching, read, titleOf } from '../../js/market/address.js';

const at = (/** @type {string} */ href) => read(new URL(href, 'http://localhost'));
const quote = { symbol: 'BTC-USD', price: '42000.1', decimals: 2, isStale: false };

/** A window whose history is a list. */
class FakeWindow {
  /** @type {string[]} */
  steps;
  #listeners = /** @type {(() => void)[]} */ ([]);

  constructor(/** @type {string} */ href) {
    this.steps = [href];
    this.history = {
      pushState: (/** @type {unknown} */ _state, /** @type {string} */ _title, /** @type {string} */ to) => this.steps.push(to),
      replaceState: (/** @type {unknown} */ _state, /** @type {string} */ _title, /** @type {string} */ to) => this.steps.splice(-1, 1, to),
    };
  }

  get location() {
    return new URL(/** @type {string} */ (this.steps.at(-1)), 'http://localhost');
  }

  addEventListener(/** @type {string} */ type, /** @type {() => void} */ listener) {
    assert.equal(type, 'popstate');
    this.#listeners.push(listener);
  }

  back() {
    this.steps.pop();
    this.#listeners.forEach((listener) => listener());
  }
}

test('an address names a symbol and an interval', () => {
  assert.deepEqual(at('/BTC-USD?interval=1m'), { symbol: 'BTC-USD', interval: '1m' });
  assert.deepEqual(at('/coinbase:BTC-USD'), { symbol: 'coinbase:BTC-USD', interval: null });
  assert.deepEqual(at('/BTC.B-USD/?interval=1d&utm=x'), { symbol: 'BTC.B-USD', interval: '1d' });
  assert.deepEqual(at('/'), { symbol: null, interval: null });
  assert.deepEqual(at('/index.html?interval=5m'), { symbol: null, interval: '5m' });
});

test('what no link of the page says names nothing', () => {
  assert.deepEqual(at('/some/where?interval=2m'), { symbol: null, interval: null });
  assert.deepEqual(read({ pathname: '/%E0%A4%A', search: '' }), { symbol: null, interval: null });
});

test('an address is read as it was written, whatever the symbol', () => {
  for (const symbol of ['BTC-USD', 'coinbase:BTC-USD', 'BTC.B-USD', 'A/B', 'Ä ?#&%-USD', null]) {
    for (const interval of symbol === null ? [null] : ['1s', null]) {
      assert.deepEqual(at(hrefOf({ symbol, interval })), { symbol, interval });
    }
  }
  assert.equal(hrefOf({ symbol: 'coinbase:BTC-USD', interval: '1m' }), '/coinbase:BTC-USD?interval=1m');
});

test('a symbol is found whatever its case, but rather as it is written', () => {
  assert.equal(matching('btc-usd', ['ETH-USD', 'BTC-USD']), 'BTC-USD');
  assert.equal(matching('btc-usd', ['BTC-USD', 'btc-usd']), 'btc-usd');
  assert.equal(matching('BTC', ['BTC-USD']), null);
});

test('another symbol is a step back, another interval is not', () => {
  const window = new FakeWindow('/');
  const places = /** @type {unknown[]} */ ([]);
  const address = new Address({ window: /** @type {any} */ (window), onPlace: (place) => places.push(place) });

  address.write({ symbol: 'BTC-USD', interval: '1m' }, false); // Chosen by the page itself.
  assert.deepEqual(window.steps, ['/BTC-USD?interval=1m']);
  address.write({ symbol: 'BTC-USD', interval: '5m' });
  address.write({ symbol: 'ETH-USD', interval: '5m' });
  address.write({ symbol: 'ETH-USD', interval: '5m' });
  assert.deepEqual(window.steps, ['/BTC-USD?interval=5m', '/ETH-USD?interval=5m']);

  window.back();
  assert.deepEqual(places, [{ symbol: 'BTC-USD', interval: '5m' }]);
});

test('the title shows the price only while it is live', () => {
  assert.equal(titleOf(/** @type {any} */ (quote)), '42,000.10 BTC-USD · OrleansTicker');
  assert.equal(titleOf(/** @type {any} */ (quote), 'Reconnecting'), 'Reconnecting · BTC-USD · OrleansTicker');
  assert.equal(titleOf(/** @type {any} */ ({ ...quote, isStale: true })), 'Out of date · BTC-USD · OrleansTicker');
  assert.equal(titleOf(null), 'OrleansTicker');
  assert.equal(titleOf(null, 'Stopped'), 'Stopped · OrleansTicker');
});
