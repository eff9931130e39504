import { compare, plainOf } from '../wire/decimal.js';

/**
 * What an alert is, and what may be entered as one. Pure.
 */

/** The longest time, in minutes, in which a move is looked for: a day. */
export const LONGEST_MINUTES = 1_440;

/** The most digits of a price that is entered. */
const MOST_DIGITS = 40;

const KINDS = ['above', 'below', 'percent'];

/**
 * `above`: the price is at `value` or higher. `below`: at `value` or lower. `percent`: it has moved by `value` percent, up or
 * down, within `minutes`.
 * @typedef {'above' | 'below' | 'percent'} Kind
 */

/**
 * @typedef {object} Alert
 * @property {string} id
 * @property {string} symbol
 * @property {Kind} kind
 * @property {string} value a plain decimal above zero
 * @property {number} minutes of a `percent` alert; 0 for the others
 * @property {'armed' | 'waiting' | 'fired'} state `waiting`: what it tells of was the case when it was made, so it first waits
 *   until that is over
 * @property {Firing | null} firing null unless it has fired
 */

/**
 * @typedef {object} Firing
 * @property {number} at Unix milliseconds by the clock of this device
 * @property {string} price a plain decimal
 * @property {string} move how far it had moved, in percent, such as `-2.13`; empty unless it is a `percent` alert
 */

/**
 * What is entered, as text.
 * @typedef {{ symbol: string, kind: string, value: string, minutes?: string | number }} Input
 */

/**
 * Checks what was entered.
 * @param {Input} input
 * @returns {{ symbol: string, kind: Kind, value: string, minutes: number } | string} words that say what is wrong
 */
export function readInput({ symbol, kind, value, minutes = '' }) {
  if (symbol.trim() === '') {
    return 'Choose a symbol.';
  }
  if (!isKind(kind)) {
    return 'Choose what to wait for.';
  }
  const plain = readDecimal(value);
  if (plain === null) {
    return kind === 'percent' ? 'Enter the percentage as a number above zero, such as 2.5.' : 'Enter the price as a number above zero, such as 42000.50.';
  }
  if (kind !== 'percent') {
    return { symbol: symbol.trim(), kind, value: plain, minutes: 0 };
  }
  const written = String(minutes).trim();
  const count = /^\d{1,4}$/.test(written) ? Number(written) : 0;
  if (count < 1 || count > LONGEST_MINUTES) {
    return `Enter the time in whole minutes, 1 to ${LONGEST_MINUTES}.`;
  }
  return { symbol: symbol.trim(), kind, value: plain, minutes: count };
}

/**
 * Reads a number above zero as people write it, with all its digits. Commas may stand where this page writes them, between groups of
 * three digits; elsewhere they could be decimal points, and are refused.
 * @param {string} text for example `42,000.50`
 * @returns {string | null} a plain decimal; null if it is none
 */
export function readDecimal(text) {
  const written = text.trim();
  if (!/^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$|^\.\d+$/.test(written) || written.length > MOST_DIGITS || !/[1-9]/.test(written)) {
    return null;
  }
  const plain = written.replaceAll(',', '');
  return plainOf(plain.startsWith('.') ? `0${plain}` : plain);
}

/**
 * @param {Alert} alert of kind `above` or `below`
 * @param {string} price a plain decimal
 * @returns {boolean} whether what it tells of is the case
 */
export function isReached({ kind, value }, price) {
  return kind === 'above' ? compare(price, value) >= 0 : compare(price, value) <= 0;
}

/**
 * Reads what was kept, of which anything may have been written by an earlier version or another page.
 * @param {unknown} kept
 * @returns {Alert[]} those that can be used
 */
export function readKept(kept) {
  return Array.isArray(kept) ? kept.filter(isAlert) : [];
}

/**
 * @param {any} alert
 * @returns {alert is Alert}
 */
function isAlert(alert) {
  return typeof alert?.id === 'string'
    && typeof alert.symbol === 'string'
    && typeof alert.value === 'string'
    && typeof readInput({ symbol: alert.symbol, kind: alert.kind, value: alert.value, minutes: alert.minutes }) === 'object'
    && ['armed', 'waiting', 'fired'].includes(alert.state)
    && (alert.state === 'fired' ? isFiring(alert.firing) : alert.firing === null);
}

/**
 * @param {any} firing
 * @returns {firing is Firing}
 */
function isFiring(firing) {
  return Number.isFinite(firing?.at) && typeof firing.price === 'string' && plainOf(firing.price) === firing.price && typeof firing.move === 'string';
}

/**
 * @param {string} kind
 * @returns {kind is Kind}
 */
function isKind(kind) {
  return KINDS.includes(kind);
}
