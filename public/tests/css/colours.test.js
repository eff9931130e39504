import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

/**
 * What linear red, green and blue become for those without one kind of cone.
 * @see G. M. Machado et al., A physiologically-based model for simulation of color vision deficiency, 2009
 */
const SIGHT = {
  'all cones': [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  'no red cones': [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  'no green cones': [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
  'no blue cones': [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
};

/** From linear red, green and blue to CIE XYZ, relative to the white of sRGB (IEC 61966-2-1). */
const XYZ = [[0.4124564 / 0.95047, 0.3575761 / 0.95047, 0.1804375 / 0.95047], [0.2126729, 0.7151522, 0.0721750],
  [0.0193339 / 1.08883, 0.1191920 / 1.08883, 0.9503041 / 1.08883]];

/** How far apart in CIE L*a*b* two colours have to be: ten times what a trained eye tells apart side by side (ΔE 2.3). */
const FAR_ENOUGH = 23;

const [light, dark] = readFileSync(new URL('../../css/base.css', import.meta.url), 'utf8').split('@media');

for (const [scheme, css] of Object.entries({ light, dark })) {
  for (const [sight, matrix] of Object.entries(SIGHT)) {
    test(`up, down and level are told apart in the ${scheme} colours with ${sight}`, () => {
      const [up, down, level] = ['up', 'down', 'ink'].map((name) => lab(times(matrix, linear(colour(css, name)))));
      for (const [one, other] of [[up, down], [up, level], [down, level]]) {
        const distance = Math.hypot(...one.map((part, index) => part - other[index]));
        assert.ok(distance >= FAR_ENOUGH, `ΔE ${distance.toFixed(1)}`);
      }
    });
  }
}

/**
 * @param {string} css
 * @param {string} name
 * @returns {number[]} from 0 to 1
 */
function colour(css, name) {
  const digits = new RegExp(`--${name}: #([0-9a-f]{6});`).exec(css)?.[1] ?? assert.fail(`no --${name}`);
  return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16) / 255);
}

/** @param {number[]} parts of sRGB */
function linear(parts) {
  return parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
}

/**
 * @param {number[][]} matrix
 * @param {number[]} vector
 */
function times(matrix, vector) {
  return matrix.map((row) => Math.min(1, Math.max(0, row.reduce((sum, factor, index) => sum + factor * vector[index], 0))));
}

/** @param {number[]} rgb linear */
function lab(rgb) {
  const [x, y, z] = times(XYZ, rgb).map((part) => (part > 0.008856 ? Math.cbrt(part) : 7.787 * part + 16 / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}
