import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Cadence } from '../../js/health/cadence.js';

class Page extends EventTarget {
  hidden = false;

  turn(/** @type {boolean} */ hidden) {
    this.hidden = hidden;
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

function begin(/** @type {unknown} */ kept, hidden = false) {
  const page = new Page();
  page.hidden = hidden;
  const asked = /** @type {number[]} */ ([]);
  const store = { kept, read: (/** @type {string} */ _name, /** @type {any} */ fallback) => store.kept ?? fallback, write: (/** @type {string} */ _name, /** @type {unknown} */ value) => { store.kept = value; } };
  const cadence = new Cadence({ document: /** @type {any} */ (page), connection: { setCadence: (ms) => asked.push(ms) }, store });
  return { page, asked, store, cadence };
}

test('every change comes unless the user has chosen otherwise, and the choice is kept', () => {
  const { asked, store, cadence } = begin(undefined);
  cadence.choose(100);
  assert.deepEqual(asked, [0, 100]);
  assert.equal(store.kept, 100);
  assert.deepEqual(begin(store.kept).asked, [100]);
});

test('in the background prices come once a second, and as chosen as soon as the page is back', () => {
  const { page, asked, store } = begin(100);
  page.turn(true);
  assert.deepEqual(asked, [100, 1_000]);
  assert.equal(store.kept, 100);
  page.turn(false);
  assert.deepEqual(asked, [100, 1_000, 100]);
});

test('a page that opens in the background begins slowly', () => {
  const { page, asked } = begin(0, true);
  assert.deepEqual(asked, [1_000]);
  page.turn(false);
  assert.deepEqual(asked, [1_000, 0]);
});

test('what another version has kept is no choice', () => {
  for (const kept of ['fast', 5, null, { ms: 100 }]) {
    assert.deepEqual(begin(kept).asked, [0]);
  }
});
