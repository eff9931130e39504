/**
 * What the chart needs of candles.
 *
 * @typedef {object} Candle
 * @property {number} openTime Unix seconds
 * @property {string} open plain decimals, as the other texts
 * @property {string} high
 * @property {string} low
 * @property {string} close
 * @property {string} volume
 *
 * @typedef {{ from: number, to: number }} Gap a time that was not watched, in Unix seconds, without its end
 *
 * What happened: all is new; older candles came; a candle came that is new, or has changed; or why none come, and null when they come again.
 * @typedef {{ kind: 'reset' } | { kind: 'older' } | { kind: 'newest', candle: Candle } | { kind: 'trouble', words: string | null }} Change
 *
 * @typedef {object} Series
 * @property {readonly Candle[]} candles in the order of time
 * @property {readonly Gap[]} gaps in the order of time
 * @property {() => void} start
 * @property {() => Promise<boolean>} loadOlder whether there are still older ones
 * @property {() => void} stop
 */

export {};
