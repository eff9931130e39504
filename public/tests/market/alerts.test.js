import assert from 'node:assert/strict';
import { beforeEach, describe, test } from 'node:test';
import { Alerts } from '../../js/market/alerts.js';

const MINUTE = 60_000;

/** What localStorage keeps, for all tabs. */
class FakeStore {
  kept = new Map();

  read(/** @type {string} */ name, /** @type {unknown} */ fallback) {
    return this.kept.has(name) ? JSON.parse(this.kept.get(name)) : fallback;
  }

  write(/** @type {string} */ name, /** @type {unknown} */ value) {
    this.kept.set(name, JSON.stringify(value));
  }
}

const at = (/** @type {string} */ price, more = {}) => /** @type {any} */ ({ symbol: 'BTC-USD', price, decimals: 2, isStale: false, ...more });
const above = (/** @type {string} */ value) => ({ symbol: 'BTC-USD', kind: 'above', value });
const percent = (/** @type {string} */ value, /** @type {string} */ minutes) => ({ symbol: 'BTC-USD', kind: 'percent', value, minutes });

describe('alerts', () => {
  /** @type {FakeStore} */
  let store;
  /** @type {Alerts} */
  let alerts;
  let wall = 1_800_000_000_000;

  beforeEach(() => {
    store = new FakeStore();
    wall = 1_800_000_000_000;
    alerts = tab();
  });

  const tab = () => new Alerts({ store, wallClock: () => wall });
  /** Both clocks go on. */
  const check = (/** @type {any} */ quote, /** @type {number} */ now) => {
    wall = 1_800_000_000_000 + now;
    return alerts.check(quote, now);
  };

  test('one fires once when its price is reached, and says when and at which price', () => {
    assert.equal(alerts.add(above('42,000.50'), at('41000')), '');
    assert.deepEqual(check(at('42000.49'), 1_000), []);
    const [fired] = check(at('42000.50'), 2_000);

    assert.deepEqual([fired.symbol, fired.value, fired.state], ['BTC-USD', '42000.50', 'fired']);
    assert.deepEqual(fired.firing, { at: 1_800_000_002_000, price: '42000.50', move: '' });
    assert.deepEqual(check(at('43000'), 3_000), []);
    assert.deepEqual(tab().list, [fired]);
  });

  test('prices are compared by all their digits', () => {
    alerts.add(above('0.1000000000000000000002'));
    assert.deepEqual(check(at('0.1000000000000000000001'), 0), []);
    assert.equal(check(at('0.1000000000000000000002'), 1).length, 1);
  });

  test('one below fires below, and those of other symbols do not', () => {
    alerts.add({ symbol: 'BTC-USD', kind: 'below', value: '100' });
    assert.deepEqual(check(at('99', { symbol: 'ETH-USD' }), 0), []);
    assert.deepEqual(check(at('100.01'), 1), []);
    assert.equal(check(at('100'), 2).length, 1);
  });

  test('what is so already fires only when it has been otherwise', () => {
    alerts.add(above('100'), at('120'));
    assert.equal(alerts.list[0].state, 'waiting');
    assert.deepEqual(check(at('130'), 0), []);
    assert.deepEqual(check(at('99'), 1), []);
    assert.equal(tab().list[0].state, 'armed');
    assert.equal(check(at('100'), 2).length, 1);
  });

  test('what happened while no page was open is told when one is', () => {
    alerts.add(above('100'), at('90'));
    alerts = tab();
    assert.equal(check(at('110'), 0).length, 1);
  });

  test('a price that may be out of date fires nothing', () => {
    alerts.add(above('100'));
    assert.deepEqual(check(at('110', { isStale: true }), 0), []);
    assert.equal(check(at('110'), 1).length, 1);
  });

  test('a rise fires within its time and not beyond', () => {
    alerts.add(percent('2', '5'));
    check(at('100'), 0);
    check(at('101.5'), 4 * MINUTE);
    assert.deepEqual(check(at('102.1'), 9.1 * MINUTE), [], 'it stood at 100 until minute 4, and that is too long ago');
    const [fired] = check(at('103.6'), 9.2 * MINUTE);
    assert.equal(fired.firing?.move, '2.07');
  });

  test('a fall fires too, with how far it was', () => {
    alerts.add(percent('2.5', '10'));
    check(at('100'), 0);
    check(at('101'), MINUTE);
    const [fired] = check(at('98.47'), 2 * MINUTE);
    assert.deepEqual(fired.firing, { at: wall, price: '98.47', move: '-2.50' });
  });

  test('armed again, the move that it has told of does not count any more', () => {
    alerts.add(percent('2', '10'));
    check(at('100'), 0);
    const [fired] = check(at('103'), 1_000);
    alerts.rearm(fired.id, at('103'));
    assert.deepEqual(check(at('103.5'), 2_000), []);
    assert.equal(check(at('105.1'), 3_000).length, 0);
    assert.equal(check(at('105.6'), 4_000).length, 1);
  });

  test('prices from before a sleep are not taken for a move of a moment', () => {
    alerts.add(percent('2', '5'));
    check(at('100'), 0);
    wall += 8 * 60 * MINUTE; // The monotonic clock stood still.
    assert.deepEqual(alerts.check(at('110'), 1_000), []);
  });

  test('of several tabs one tells of it, and none loses what another has added', () => {
    const other = tab();
    alerts.add(above('100'));
    other.add(above('200'));
    alerts.reload();
    assert.equal(alerts.list.length, 2);

    assert.equal(check(at('150'), 0).length, 1);
    assert.deepEqual(other.check(at('150'), 0), []);
    alerts.remove(other.list[0].id);
    assert.equal(tab().list.length, 1);
  });

  test('armed again where another tab has told of it, the move that was told does not count either', () => {
    alerts.add(percent('2', '10'));
    const other = tab();
    for (const price of ['100', '103']) {
      check(at(price), Number(price));
      other.check(at(price), Number(price));
    }
    other.rearm(other.list[0].id, at('103'));
    assert.deepEqual(other.check(at('103.5'), 200), []);
  });

  test('one that was removed in another tab fires no more', () => {
    alerts.add(above('100'));
    const other = tab();
    other.remove(other.list[0].id);
    assert.deepEqual(check(at('110'), 0), []);
  });

  test('what is no price, percentage or time is refused in words', () => {
    for (const value of ['', 'abc', '-5', '0', '0.00', '1e5', '42000,5', '1,23', '4 2', '5.', '٤٢', '9'.repeat(50)]) {
      assert.match(alerts.add(above(value)), /number above zero/, value);
    }
    for (const minutes of ['', '0', '1.5', '1441', '-1', 'ten']) {
      assert.match(alerts.add(percent('2', minutes)), /whole minutes/, minutes);
    }
    assert.match(alerts.add({ symbol: ' ', kind: 'above', value: '1' }), /symbol/);
    assert.match(alerts.add({ symbol: 'A', kind: 'crosses', value: '1' }), /what to wait for/);
    assert.deepEqual(alerts.list, []);
  });

  test('numbers are taken as people write them, with all their digits', () => {
    for (const [written, value] of [[' 42,000.50 ', '42000.50'], ['1,234,567', '1234567'], ['.5', '0.5'], ['007', '7'], ['0.00000001', '0.00000001']]) {
      assert.equal(alerts.add(above(written)), '');
      assert.equal(alerts.list[0].value, value);
    }
  });

  test('there is an end to how many there may be', () => {
    for (let count = 0; count < 100; count++) {
      assert.equal(alerts.add(above('1')), '');
    }
    assert.match(alerts.add(above('1')), /100 alerts/);
  });

  test('what another version has kept harms nothing', () => {
    alerts.add(above('100'));
    const [good] = alerts.list;
    store.write('alerts', [null, 5, {}, { ...good, value: 'x' }, { ...good, kind: 'crosses' }, { ...good, state: 'fired' }, { ...good, state: 'fired', firing: { at: 1, price: '<b>', move: '' } }, good]);
    assert.deepEqual(tab().list, [good]);
    store.write('alerts', { no: 'list' });
    assert.deepEqual(tab().list, []);
  });
});
