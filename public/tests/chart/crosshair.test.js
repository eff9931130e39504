import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Crosshair } from '../../js/chart/crosshair.js';
import { candle } from './candles.js';

/** Three candles, and a note of what is pointed at and read. */
function fixture() {
  /** @type {(number | null)[]} */
  const pointed = [];
  /** @type {number[]} */
  const read = [];
  const plot = /** @type {import('../../js/chart/plot.js').Plot} */ (/** @type {unknown} */ ({
    reveal: () => {},
    point: (/** @type {number} */ time) => pointed.push(time),
    pointAway: () => pointed.push(null),
  }));
  const candles = [candle(60), candle(120), candle(180)];
  const crosshair = new Crosshair({ plot: () => plot, candles: () => candles, onMove: () => {}, onRead: ({ openTime }) => read.push(openTime) });
  return { crosshair, candles, pointed, read };
}

test('the first step is to the newest candle, and others go from there to both ends', () => {
  const { crosshair, read } = fixture();

  [-1, -1, -1, -1, 1, 1, 1].forEach((by) => crosshair.step(by));

  assert.deepEqual(read, [180, 120, 60, 60, 120, 180, 180]);
});

test('a step to the right goes to the newest candle too', () => {
  const { crosshair, read } = fixture();

  crosshair.step(1);

  assert.deepEqual(read, [180]);
});

test('steps go on from where the pointer is', () => {
  const { crosshair, read } = fixture();
  crosshair.hover(120, true);

  crosshair.step(-1);

  assert.deepEqual(read, [60]);
});

test('it stays where it is when candles are added before and after', () => {
  const { crosshair, candles, read } = fixture();
  crosshair.step(-1);
  candles.unshift(candle(0));
  candles.push(candle(240));

  crosshair.step(-1);

  assert.deepEqual(read, [180, 120]);
});

test('what keys have chosen stays chosen when the drawing moves under it, until the pointer moves', () => {
  const { crosshair, pointed } = fixture();
  crosshair.step(-1);

  crosshair.hover(120, false);
  crosshair.redraw();
  assert.equal(crosshair.openTime, 180);
  crosshair.hover(120, true);
  crosshair.redraw();

  assert.equal(crosshair.openTime, 120);
  assert.deepEqual(pointed, [180, 180]);
});

test('what the pointer is over follows the drawing', () => {
  const { crosshair } = fixture();
  crosshair.hover(60, true);

  crosshair.hover(120, false);

  assert.equal(crosshair.openTime, 120);
});

test('it can be let go', () => {
  const { crosshair, pointed } = fixture();
  crosshair.step(-1);

  crosshair.letGo();

  assert.equal(crosshair.openTime, null);
  assert.deepEqual(pointed, [180, null]);
});

test('without candles there is nothing to step to', () => {
  const { crosshair, candles, read } = fixture();
  candles.length = 0;

  crosshair.step(-1);

  assert.deepEqual(read, []);
});
