/**
 * Decimal numbers as text, so that no digit is lost. Pure.
 *
 * A plain decimal has no exponent and no needless zeros in front: `-37.63`, `0.10`, `42000`.
 */

/** What most numbers of the gateway are already. */
const PLAIN = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

const NUMBER = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Numbers beyond this power of ten are not prices, and their zeros would fill the memory. */
const LARGEST_EXPONENT = 300;

/**
 * Converts a JSON number to a plain decimal with the same digits.
 * @param {string} number for example `1e21`, `1.5E-7`
 * @returns {string | null} null if it is not a number, or too large for a price
 */
export function plainOf(number) {
  if (PLAIN.test(number)) {
    return number;
  }
  const parts = NUMBER.exec(number);
  if (parts === null) {
    return null;
  }
  const [, sign, whole, fraction = '', exponent] = parts;
  if (exponent === undefined) {
    return sign + withFraction(whole, fraction);
  }
  const shift = Number(exponent);
  if (Math.abs(shift) > LARGEST_EXPONENT) {
    return null;
  }
  const digits = whole + fraction;
  const point = whole.length + shift;
  return sign + (point > 0
    ? withFraction(digits.slice(0, point).padEnd(point, '0'), digits.slice(point))
    : withFraction('0', '0'.repeat(-point) + digits));
}

/**
 * @param {string} plain
 * @returns {number} the number of digits after the point
 */
export function decimalsOf(plain) {
  const point = plain.indexOf('.');
  return point < 0 ? 0 : plain.length - 1 - point;
}

/**
 * @param {string} left a plain decimal
 * @param {string} right another
 * @returns {-1 | 0 | 1} whether the left one is smaller, equal or larger
 */
export function compare(left, right) {
  const decimals = Math.max(decimalsOf(left), decimalsOf(right));
  const [one, other] = [unitsOf(left, decimals), unitsOf(right, decimals)];
  return one < other ? -1 : one > other ? 1 : 0;
}

/**
 * @param {string} from a plain decimal
 * @param {string} to another
 * @returns {string} the exact difference `to − from`
 */
export function difference(from, to) {
  const decimals = Math.max(decimalsOf(from), decimalsOf(to));
  const units = unitsOf(to, decimals) - unitsOf(from, decimals);
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return (units < 0n ? '-' : '') + withFraction(digits.slice(0, point), digits.slice(point));
}

/**
 * @param {string} plain
 * @param {number} decimals at least as many as it has
 * @returns {bigint} the value in units of the last decimal
 */
function unitsOf(plain, decimals) {
  return BigInt(plain.replace('.', '') + '0'.repeat(decimals - decimalsOf(plain)));
}

/**
 * @param {string} whole
 * @param {string} fraction
 */
function withFraction(whole, fraction) {
  const kept = whole.replace(/^0+(?=\d)/, '');
  return fraction === '' ? kept : `${kept}.${fraction}`;
}
