import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatCompact } from '../../js/format/compact.js';

test('large numbers have three digits and a unit', () => {
  const expected = {
    0: '0', 930: '930', 12.345: '12.3', 999.4: '999', 999.5: '1.00K', 12_345: '12.3K', 999_499: '999K', 999_500: '1.00M',
    1_240_000_000: '1.24B', 53_200_000: '53.2M', 2e12: '2.00T', 3e18: '3000Q', 0.052: '0.052',
  };
  for (const [value, text] of Object.entries(expected)) {
    assert.equal(formatCompact(Number(value)), text, value);
  }
});

test('what is not known is a dash', () => {
  assert.equal(formatCompact(NaN), '–');
});
