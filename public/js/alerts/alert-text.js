import { formatPrice } from '../format/format.js';

/**
 * Alerts in words. Pure.
 */

/**
 * What an alert waits for.
 * @param {Pick<import('../market/alert-rules.js').Alert, 'kind' | 'value' | 'minutes'>} alert
 * @returns {string} for example `at 42,000.50 or above`, `moves 2.5 % within 10 min`
 */
export function conditionOf({ kind, value, minutes }) {
  switch (kind) {
    case 'above':
      return `at ${formatPrice(value)} or above`;
    case 'below':
      return `at ${formatPrice(value)} or below`;
    default:
      return `moves ${value} % within ${timeOf(minutes)}`;
  }
}

/**
 * Where an alert stands.
 * @param {import('../market/alert-rules.js').Alert} alert
 * @returns {string} for example `Fired at 14:03:05, at 42,001.00`
 */
export function stateOf({ state, firing, kind }) {
  if (state === 'waiting') {
    return `Is so already. Waits until the price is ${kind === 'above' ? 'lower' : 'higher'} first`;
  }
  return firing === null ? 'Armed' : `Fired ${whenOf(firing.at)}, at ${formatPrice(firing.price)}${firing.move === '' ? '' : ` (${signed(firing.move)} %)`}`;
}

/**
 * What is told when an alert fires.
 * @param {import('../market/alert-rules.js').Alert} alert one that has fired
 * @returns {string} for example `BTC-USD is at 42,001.00. Alert: at 42,000.00 or above.`
 */
export function newsOf({ symbol, kind, value, minutes, firing }) {
  const price = formatPrice(firing?.price ?? value);
  if (kind !== 'percent') {
    return `${symbol} is at ${price}. Alert: ${conditionOf({ kind, value, minutes })}.`;
  }
  const move = firing?.move ?? '';
  return `${symbol} ${move.startsWith('-') ? 'fell' : 'rose'} ${move.replace('-', '')} % within ${timeOf(minutes)}, to ${price}.`;
}

/** @param {number} minutes */
function timeOf(minutes) {
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

/** @param {string} move a plain decimal */
function signed(move) {
  return move.startsWith('-') ? `−${move.slice(1)}` : `+${move}`;
}

/**
 * A time of day, with the day unless it is today.
 * @param {number} at Unix milliseconds
 */
function whenOf(at) {
  const then = new Date(at);
  const time = then.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
  return then.toDateString() === new Date().toDateString() ? `at ${time}` : `on ${then.toLocaleDateString()} at ${time}`;
}
