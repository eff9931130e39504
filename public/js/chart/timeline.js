/**
 * Where candles and gaps lie on the axis of time. Pure.
 *
 * @typedef {import('./series.js').Candle} Candle
 * @typedef {import('./series.js').Gap} Gap
 */

/**
 * A place on the axis: of a candle, or of a time that was not watched.
 * @typedef {{ time: number, candle: Candle | null }} Slot
 */

/**
 * A row of slots without candles.
 * @typedef {{ from: number, to: number }} Band the times of the first and of the last slot
 */

/** A longer gap takes no more places than this: a night without the server would push away what was before it. */
const LONGEST_BAND = 24;

/**
 * Lays out candles and the gaps between them.
 * @param {readonly Candle[]} candles in the order of time
 * @param {readonly Gap[]} gaps in the order of time
 * @param {number} seconds of the interval
 * @returns {{ slots: Slot[], bands: Band[] }}
 */
export function layOut(candles, gaps, seconds) {
  /** @type {Slot[]} */
  const slots = [];
  /** @type {Band[]} */
  const bands = [];
  let next = 0;
  for (const [index, candle] of candles.entries()) {
    const before = index > 0 ? candles[index - 1].openTime + seconds : candle.openTime;
    for (; next < gaps.length && gaps[next].from < candle.openTime; next++) {
      const times = timesOf(Math.max(gaps[next].from, before, (slots.at(-1)?.time ?? 0) + 1), Math.min(gaps[next].to, candle.openTime), seconds);
      if (times.length > 0) {
        slots.push(...times.map((time) => ({ time, candle: null })));
        bands.push({ from: times[0], to: times[times.length - 1] });
      }
      if (gaps[next].to > candle.openTime + seconds) {
        break; // It goes on behind this candle.
      }
    }
    slots.push({ time: candle.openTime, candle });
  }
  return { slots, bands };
}

/**
 * @param {Candle} candle
 * @param {readonly Gap[]} gaps
 * @param {number} seconds of the interval
 * @returns {boolean} whether a part of the candle's time was not watched
 */
export function isPartial({ openTime }, gaps, seconds) {
  return gaps.some(({ from, to }) => from < openTime + seconds && to > openTime);
}

/**
 * @param {readonly Candle[]} candles in the order of time
 * @param {number} openTime
 * @returns {number} the index of the first candle that opens then or later
 */
export function indexAt(candles, openTime) {
  let [low, high] = [0, candles.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (candles[middle].openTime < openTime) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/**
 * @param {readonly Candle[]} candles in the order of time
 * @param {number} openTime
 * @returns {Candle | undefined}
 */
export function candleAt(candles, openTime) {
  const candle = candles[indexAt(candles, openTime)];
  return candle?.openTime === openTime ? candle : undefined;
}

/**
 * The times of the places between two times: one for each interval, or fewer, evenly spread, where they would be too many.
 * @param {number} from
 * @param {number} to not included
 * @param {number} seconds
 */
function timesOf(from, to, seconds) {
  const first = Math.ceil(from / seconds);
  const count = Math.max(0, Math.ceil(to / seconds) - first);
  const step = Math.ceil(count / LONGEST_BAND);
  return count === 0 ? [] : Array.from({ length: Math.ceil(count / step) }, (_, index) => (first + index * step) * seconds);
}
