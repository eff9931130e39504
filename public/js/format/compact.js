const UNITS = ['', 'K', 'M', 'B', 'T', 'Q'];

/**
 * A large number with three digits, for a column in which sizes are compared. Pure.
 * @param {number} value not negative
 * @returns {string} for example `1.24B`, `53.2M`, `930`, `0.052`; `–` if it is not a number
 */
export function formatCompact(value) {
  if (!Number.isFinite(value)) {
    return '–';
  }
  let unit = 0;
  let scaled = value;
  // 999.5 has four digits once it is rounded.
  while (scaled >= 999.5 && unit < UNITS.length - 1) {
    scaled /= 1_000;
    unit++;
  }
  const digits = scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : scaled >= 0.1 || scaled === 0 ? 2 : 3;
  return unit === 0 && Number.isInteger(scaled) ? String(scaled) : `${scaled.toFixed(digits)}${UNITS[unit]}`;
}
