/** The size of the box in which a course is drawn, in units of its own. */
export const WIDTH = 96;
export const HEIGHT = 24;

const MARGIN = 1.5;

/**
 * The course of a price as the path of an SVG element, which fills the box from its lowest to its highest price. Pure.
 * @param {number[]} prices NaN where none is known: the line is broken there
 * @returns {string} the attribute `d`; empty if there are fewer than two prices
 */
export function pathOf(prices) {
  let low = Infinity;
  let high = -Infinity;
  let count = 0;
  for (const price of prices) {
    if (!Number.isNaN(price)) {
      low = Math.min(low, price);
      high = Math.max(high, price);
      count++;
    }
  }
  if (count < 2) {
    return '';
  }
  const scale = high > low ? (HEIGHT - 2 * MARGIN) / (high - low) : 0;
  const step = WIDTH / (prices.length - 1);
  let path = '';
  let isBroken = true;
  prices.forEach((price, index) => {
    if (!Number.isNaN(price)) {
      const y = scale === 0 ? HEIGHT / 2 : MARGIN + (high - price) * scale;
      path += `${isBroken ? 'M' : 'L'}${(index * step).toFixed(1)} ${y.toFixed(1)}`;
    }
    isBroken = Number.isNaN(price);
  });
  return path;
}
