import assert from 'node:assert/strict';
import { test } from 'node:test';
import { leadsTo } from '../../js/watchlist/keys.js';

/** Ten rows, of which the first and the sixth are the headings of groups; three are in sight. */
const from = (/** @type {number} */ at, /** @type {string} */ key) => leadsTo(key, at, 10, 3, (index) => index !== 0 && index !== 5);

test('arrows go to the next row and pass over headings', () => {
  assert.deepEqual([from(1, 'ArrowDown'), from(4, 'ArrowDown'), from(6, 'ArrowUp'), from(3, 'ArrowUp')], [2, 6, 4, 2]);
});

test('arrows stop at both ends', () => {
  assert.deepEqual([from(9, 'ArrowDown'), from(1, 'ArrowUp')], [null, null]);
});

test('pages are as long as what is in sight, and end at the ends', () => {
  assert.deepEqual([from(1, 'PageDown'), from(2, 'PageDown'), from(8, 'PageDown')], [4, 6, 9]);
  assert.deepEqual([from(9, 'PageUp'), from(8, 'PageUp'), from(2, 'PageUp')], [6, 4, 1]);
});

test('Home and End lead to the first and the last row', () => {
  assert.deepEqual([from(7, 'Home'), from(2, 'End')], [1, 9]);
});

test('other keys, and lists without rows, lead nowhere', () => {
  assert.equal(from(3, 'x'), null);
  for (const key of ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End']) {
    assert.equal(leadsTo(key, -1, 0, 3, () => true), null, key);
    assert.equal(leadsTo(key, 0, 1, 3, () => false), null, key);
  }
});
