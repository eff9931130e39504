import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MoveWindow } from '../../js/market/move-window.js';

const MINUTE = 60_000;

/** A small generator of the same numbers each time (mulberry32). */
function randomOf(/** @type {number} */ seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test('a move is told from where it began, and the larger one of two directions', () => {
  const window = new MoveWindow(MINUTE);
  assert.equal(window.move, 0);
  window.push(100, 0);
  window.push(95, 10_000);
  window.push(96, 20_000);
  assert.equal(window.move, (96 / 100 - 1) * 100);
  window.push(102, 30_000);
  assert.ok(Math.abs(window.move - (102 / 95 - 1) * 100) < 1e-9);
});

test('what is older than the window does not count, but the price that stood when it began does', () => {
  const window = new MoveWindow(MINUTE);
  window.push(90, 0);
  window.push(100, 1_000);
  window.push(101, 10 * MINUTE);
  assert.ok(Math.abs(window.move - 1) < 1e-9);
});

test('it agrees with a window that keeps everything, up to one step at its far end', () => {
  const random = randomOf(7);
  const window = new MoveWindow(MINUTE);
  /** @type {{ at: number, price: number }[]} */
  const all = [];
  let price = 100;
  let now = 0;
  const largest = (/** @type {number} */ since) => {
    const standing = all.filter(({ at }) => at <= since).at(-1);
    const prices = all.filter(({ at }) => at > since).concat(standing ?? []).map((sample) => sample.price);
    return Math.max(price / Math.min(...prices) - 1, 1 - price / Math.max(...prices)) * 100;
  };
  for (let count = 0; count < 3_000; count++) {
    now += random() * (random() < 0.01 ? 50_000 : 300);
    price *= 1 + (random() - 0.5) / 100;
    all.push({ at: now, price });
    window.push(price, now);
    const move = Math.abs(window.move);
    assert.ok(move <= largest(now - MINUTE) + 1e-9, `${move} at ${now} is more than there was`);
    assert.ok(move >= largest(now - MINUTE + 1_000) - 1e-9, `${move} at ${now} is less than there was`);
  }
});

test('however many prices come, little is kept', () => {
  const day = new MoveWindow(1_440 * MINUTE);
  const minutes = new MoveWindow(5 * MINUTE);
  for (let now = 0; now < 2 * 1_440 * MINUTE; now += 250) {
    day.push(1 + now / 1e9, now);
    minutes.push(1 + now / 1e9, now);
  }
  assert.ok(day.size <= 610, `${day.size}`);
  assert.ok(minutes.size <= 310, `${minutes.size}`);
});
