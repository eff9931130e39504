import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conditionOf, newsOf, stateOf } from '../../js/alerts/alert-text.js';
import { Notifier } from '../../js/alerts/notifier.js';

const alert = /** @type {any} */ ({ id: '1', symbol: 'BTC-USD', kind: 'above', value: '42000.5', minutes: 0, state: 'armed', firing: null });
const percent = { ...alert, kind: 'percent', value: '2.5', minutes: 90 };
const firing = { at: Date.now(), price: '42001', move: '' };

test('alerts are told in words', () => {
  assert.equal(conditionOf(alert), 'at 42,000.50 or above');
  assert.equal(conditionOf({ ...alert, kind: 'below' }), 'at 42,000.50 or below');
  assert.equal(conditionOf(percent), 'moves 2.5 % within 90 min');
  assert.equal(conditionOf({ ...percent, minutes: 120 }), 'moves 2.5 % within 2 h');
  assert.equal(stateOf(alert), 'Armed');
  assert.match(stateOf({ ...alert, state: 'waiting' }), /until the price is lower first/);
  assert.match(stateOf({ ...alert, state: 'fired', firing }), /^Fired at .+, at 42,001\.00$/);
  assert.match(stateOf({ ...percent, state: 'fired', firing: { at: 0, price: '1', move: '-2.50' } }), /^Fired on .+ at .+, at 1\.00 \(−2\.50 %\)$/);
  assert.equal(newsOf({ ...alert, firing }), 'BTC-USD is at 42,001.00. Alert: at 42,000.50 or above.');
  assert.equal(newsOf({ ...percent, firing: { ...firing, move: '-2.61' } }), 'BTC-USD fell 2.61 % within 90 min, to 42,001.00.');
  assert.equal(newsOf({ ...percent, firing: { ...firing, move: '2.61' } }), 'BTC-USD rose 2.61 % within 90 min, to 42,001.00.');
});

/** A browser's notifications. */
function browser(/** @type {NotificationPermission} */ permission, /** @type {Error | null} */ error = null) {
  const shown = /** @type {any[]} */ ([]);
  class Shown extends EventTarget {
    static permission = permission;

    static async requestPermission() {
      Shown.permission = 'granted';
      return Shown.permission;
    }

    closed = false;

    constructor(/** @type {string} */ title, /** @type {any} */ options) {
      super();
      if (error !== null) {
        throw error;
      }
      shown.push(Object.assign(this, { title, ...options }));
    }

    close() {
      this.closed = true;
    }
  }
  return { api: /** @type {any} */ (Shown), shown };
}

test('notifications are shown once the user has allowed them, and lead to the symbol', async () => {
  const { api, shown } = browser('default');
  const notifier = new Notifier(api);
  let clicks = 0;
  notifier.tell('BTC-USD', '1', () => clicks++);
  assert.deepEqual([notifier.permission, shown.length], ['default', 0]);

  assert.equal(await notifier.ask(), 'granted');
  notifier.tell('BTC-USD', '1', () => clicks++);
  assert.deepEqual([shown[0].body, shown[0].tag], ['BTC-USD', 'orleansticker-1']);
  shown[0].dispatchEvent(new Event('click'));
  assert.deepEqual([clicks, shown[0].closed], [1, true]);
});

test('a browser without them, or that lets only workers show them, harms nothing, but a fault is one', async () => {
  const missing = new Notifier(undefined);
  missing.tell('BTC-USD', '1', () => {});
  assert.equal(await missing.ask(), 'missing');
  new Notifier(browser('granted', new TypeError('Illegal constructor')).api).tell('BTC-USD', '1', () => {});
  assert.throws(() => new Notifier(browser('granted', new ReferenceError('x')).api).tell('BTC-USD', '1', () => {}), ReferenceError);
});
