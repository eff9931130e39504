import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ages } from '../../js/wire/ages.js';
import { ServerClock } from '../../js/wire/clock.js';
import { RateMeter } from '../../js/wire/rate.js';
import { Traffic } from '../../js/wire/traffic.js';

const EVERY = { isNews: true, wantsEveryChange: true };

test('the rate counts the last seconds and falls to nothing', () => {
  const meter = new RateMeter();
  for (let now = 0; now < 4_000; now += 10) {
    meter.record(now);
  }

  assert.equal(meter.perSecond(4_000), 100);
  assert.equal(meter.perSecond(20_000), 0);
});

test('an age is right at once after the server clock was put forward or back', () => {
  for (const step of [300_000, -300_000, 50, -50]) {
    const clock = new ServerClock();
    for (let now = 0; now < 1_000; now += 10) {
      clock.observe(1_000_000 + now, now);
    }
    clock.observe(1_000_000 + 1_000 + step, 1_000);

    assert.equal(clock.ageOf(1_000_000 + 1_000 + step, 1_000), 0, `a step of ${step} ms`);
    assert.equal(clock.ageOf(1_000_000 + 1_000 + step, 1_020), 20);
  }
});

test('a step back that a silence hides is no age afterwards', () => {
  const clock = new ServerClock();
  clock.observe(1_000_000, 0);

  clock.observe(1_000_000 + 600_000 - 300_000, 600_000);

  assert.equal(clock.ageOf(1_300_000, 600_000), 0);
});

test('the offset is that of the connection', () => {
  for (const ahead of [5_000, -5_000]) {
    const clock = new ServerClock();
    clock.observe(1_000_000, 0);

    clock.renew();
    clock.observe(1_000_100 + ahead, 100);

    assert.equal(clock.ageOf(1_000_100 + ahead, 100), 0);
  }
});

test('what comes late is as old as it is', () => {
  const clock = new ServerClock();
  clock.observe(1_000, 0);

  clock.observe(1_010, 4_010);

  assert.equal(Math.round(clock.ageOf(1_010, 4_010)), 3_998);
  assert.equal(Math.round(clock.ageOf(1_010, 5_010)), 4_998);
  assert.equal(clock.ageOf(0, 1), -1);
});

test('an age counts from the receipt, whatever the clocks do afterwards', () => {
  const traffic = new Traffic();
  traffic.begin();
  traffic.record({ seq: 1, prev_seq: 0, ts: 1_000_000_000 }, EVERY, 100);

  traffic.begin();
  traffic.record({ seq: 1, prev_seq: 0, ts: 900_000_000 }, { ...EVERY, isNews: false }, 60_100);

  assert.equal(traffic.read(60_100).ageMs, 60_000);
});

test('a price that comes late is that much older', () => {
  const traffic = new Traffic();
  traffic.begin();
  traffic.record({ seq: 1, prev_seq: 0, ts: 1_000_000 }, EVERY, 0);

  traffic.record({ seq: 2, prev_seq: 1, ts: 1_100_000 }, EVERY, 2_100);

  assert.equal(Math.round(traffic.read(2_500).ageMs), 2_399);
  traffic.reset();
  assert.deepEqual(traffic.read(2_500), { ageMs: -1, ageP50: -1, ageP99: -1, perSecond: 0, conflated: 0 });
});

test('the ages of ten seconds count by how long they lasted', () => {
  const ages = new Ages();
  assert.equal(ages.quantile(0.5, 0), -1);
  for (let now = 0; now < 5_000; now += 100) {
    ages.record(10, now);
  }

  // Half of the time between 10 and 110 ms, then five seconds of silence.
  close(ages.quantile(0.25, 10_000 - 100), 60);
  close(ages.quantile(0.99, 10_000 - 100), 4_911);
  close(ages.quantile(0.5, 30_000), 30_000 - 4_900 + 10 - 5_000);
});

test('an age of the window does not grow with the number of messages', () => {
  const ages = new Ages();
  for (let now = 0; now < 60_000; now += 10) {
    ages.record(now % 1_000 === 0 ? 500 : 5, now);
  }

  close(ages.quantile(0.5, 60_000), 10);
  assert.ok(ages.quantile(0.9999, 60_000) > 400);
});

test('ticks without a message of their own are counted, unless they were not asked for', () => {
  const traffic = new Traffic();
  const say = (seq, previous, wantsEveryChange = true) => traffic.record({ seq, prev_seq: previous, ts: seq }, { isNews: true, wantsEveryChange }, seq);
  traffic.begin();

  say(10, 0);
  say(11, 10);
  say(15, 11);
  say(15, 15);
  assert.equal(traffic.read(20).conflated, 3);

  say(30, 15, false);
  say(50, 30);
  say(51, 50);
  traffic.begin();
  say(90, 51);
  say(92, 90);
  say(100, 0);
  assert.equal(traffic.read(100).conflated, 4);
});

function close(actual, expected) {
  assert.ok(Math.abs(actual - expected) <= 1, `${actual} instead of ${expected}`);
}
