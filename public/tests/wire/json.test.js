import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compare, decimalsOf, difference, plainOf } from '../../js/wire/decimal.js';
import { parseMessage } from '../../js/wire/json.js';

test('a number keeps the digits that were sent', () => {
  assert.deepEqual(parseMessage('{"price":42000.10,"bid":0.1234567890123456789,"ask":1e21,"low":9007199254740993,"high":-1.50E-7,"close":42000}'), {
    price: '42000.10', bid: '0.1234567890123456789', ask: '1e21', low: '9007199254740993', high: '-1.50E-7', close: 42000,
  });
});

test('what is written in a text stays as it is', () => {
  for (const text of ['"price":1.5,', ':1.5,', '\\":1.5', 'a":1.5', '{"price":0.10}', 'x\\\\":2.5e3']) {
    assert.deepEqual(parseMessage(JSON.stringify({ message: text, [text]: text })), { message: text, [text]: text });
  }
});

test('what is not JSON is none', () => {
  for (const text of ['', '<html>', '{"price":01}', '{"price":.5}', '{"price":-}', '{"price":e1}', '{"price":1.5', '{"price":1.5.}x']) {
    assert.equal(parseMessage(text), undefined, text);
  }
});

test('random messages are read as JSON reads them, but for the digits', () => {
  const random = numbers(7);
  for (let round = 0; round < 500; round++) {
    const given = messageOf(random);
    assert.deepEqual(asNumbers(parseMessage(JSON.stringify(given))), given);
  }
});

test('a number loses its exponent and no digit', () => {
  const plain = {
    '1e21': '1000000000000000000000', '1.50E-7': '0.000000150', '12.345e+1': '123.45', '0.5e1': '5', '-3e0': '-3', '0.10': '0.10', '007.50': '7.50',
  };
  for (const [number, text] of Object.entries(plain)) {
    assert.equal(plainOf(number), text);
  }
  for (const number of ['1e999999999', 'NaN', '1.', '1.5.5', '', 'x', '--1']) {
    assert.equal(plainOf(number), null, number);
  }
});

test('decimals are compared and subtracted exactly', () => {
  assert.equal(compare('0.1234567890123456', '0.1234567890123457'), -1);
  assert.equal(compare('10', '9.99'), 1);
  assert.equal(compare('1.0', '1'), 0);
  assert.equal(difference('0.00000812', '0.00000813'), '0.00000001');
  assert.equal(difference('-1', '1.5'), '2.5');
  assert.equal(decimalsOf('42000.10'), 2);
});

/** Numbers in [0, 1), the same in each run. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function messageOf(random) {
  const names = ['price', 'bid_size', 'open_24h', 'a"b', 'ts', 'x\\', ''];
  return Object.fromEntries(names.filter(() => random() < 0.7).map((name) => [name, valueOf(random, 0)]));
}

function valueOf(random, depth) {
  const kind = Math.floor(random() * (depth < 3 ? 8 : 5));
  switch (kind) {
    case 0: return Math.floor(random() * 1e6) - 5e5;
    case 1: return (random() - 0.5) * 10 ** Math.floor(random() * 40 - 20);
    case 2: return ['":1.5', '"', '\\', '\\":2', 'a', ''][Math.floor(random() * 6)];
    case 3: return random() < 0.5;
    case 4: return null;
    case 5: return messageOf(() => random() * 0.9);
    default: return [valueOf(random, depth + 1), valueOf(random, depth + 1)];
  }
}

/** Turns the texts that stand for numbers into numbers, where the test's own texts are none. */
function asNumbers(value) {
  if (typeof value === 'string') {
    return value !== '' && Number.isFinite(Number(value)) ? Number(value) : value;
  }
  if (Array.isArray(value)) {
    return value.map(asNumbers);
  }
  return value !== null && typeof value === 'object'
    ? Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asNumbers(member)]))
    : value;
}
