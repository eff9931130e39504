import assert from 'node:assert/strict';
import { test } from 'node:test';
import { candleAt, isPartial, layOut } from '../../js/chart/timeline.js';
import { candle } from './candles.js';

const MINUTE = 60;
const at = (/** @type {number[]} */ ...minutes) => minutes.map((minute) => candle(minute * MINUTE));

/**
 * @param {import('../../js/chart/timeline.js').Slot[]} slots
 * @returns {string} minutes, those without a candle in brackets
 */
const textOf = (slots) => slots.map(({ time, candle: here }) => (here === null ? `(${time / MINUTE})` : time / MINUTE)).join(' ');

test('a gap has the places of the candles that are missing', () => {
  const { slots, bands } = layOut(at(1, 2, 5), [{ from: 180, to: 300 }], MINUTE);

  assert.equal(textOf(slots), '1 2 (3) (4) 5');
  assert.deepEqual(bands, [{ from: 180, to: 240 }]);
});

test('a time without trades is no gap', () => {
  const { slots, bands } = layOut(at(1, 5), [], MINUTE);

  assert.equal(textOf(slots), '1 5');
  assert.deepEqual(bands, []);
});

test('a gap within one candle takes no place, but the candle is partial', () => {
  const gaps = [{ from: 130, to: 150 }];
  const candles = at(1, 2, 3);

  assert.equal(textOf(layOut(candles, gaps, MINUTE).slots), '1 2 3');
  assert.deepEqual(candles.map((each) => isPartial(each, gaps, MINUTE)), [false, true, false]);
});

test('a gap that begins and ends within candles takes the places between them', () => {
  const { slots } = layOut(at(1, 2, 5, 6), [{ from: 150, to: 330 }], MINUTE);

  assert.equal(textOf(slots), '1 2 (3) (4) 5 6');
});

test('a gap over several candles has places on each side of them', () => {
  const { slots, bands } = layOut(at(1, 4, 7), [{ from: 120, to: 420 }], MINUTE);

  assert.equal(textOf(slots), '1 (2) (3) 4 (5) (6) 7');
  assert.deepEqual(bands, [{ from: 120, to: 180 }, { from: 300, to: 360 }]);
});

test('several gaps between two candles lie one after the other', () => {
  const { slots } = layOut(at(1, 9), [{ from: 120, to: 180 }, { from: 180, to: 190 }, { from: 300, to: 360 }], MINUTE);

  assert.equal(textOf(slots), '1 (2) (3) (5) 9');
});

test('gaps before the first and after the last candle take no places', () => {
  const { slots } = layOut(at(5, 6), [{ from: 0, to: 300 }, { from: 420, to: 600 }], MINUTE);

  assert.equal(textOf(slots), '5 6');
});

test('a long gap does not push everything else out of view', () => {
  const { slots, bands } = layOut(at(0, 10_000), [{ from: 60, to: 600_000 }], MINUTE);

  assert.ok(slots.length <= 26, String(slots.length));
  assert.equal(bands[0].from, 60);
  const times = slots.map(({ time }) => time);
  assert.deepEqual(times, [...new Set(times)].sort((one, other) => one - other));
});

test('a candle is found by its time', () => {
  const candles = at(1, 2, 5);

  assert.equal(candleAt(candles, 120), candles[1]);
  assert.equal(candleAt(candles, 300), candles[2]);
  assert.equal(candleAt(candles, 180), undefined);
  assert.equal(candleAt(candles, 400), undefined);
  assert.equal(candleAt([], 60), undefined);
});
