import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathOf } from '../../js/watchlist/course-path.js';

test('a course fills its box from the lowest to the highest price', () => {
  assert.equal(pathOf([10, 30, 20]), 'M0.0 22.5L48.0 1.5L96.0 12.0');
});

test('it is broken where no price is known', () => {
  assert.equal(pathOf([1, 2, NaN, NaN, 1]), 'M0.0 22.5L24.0 1.5M96.0 22.5');
});

test('a price that stood still is a line in the middle', () => {
  assert.equal(pathOf([5, 5]), 'M0.0 12.0L96.0 12.0');
});

test('fewer than two prices are no course', () => {
  assert.deepEqual([pathOf([]), pathOf([1]), pathOf([NaN, 1, NaN])], ['', '', '']);
});
