import { COLUMNS } from './columns.js';

/**
 * The orders of the list. Pure.
 *
 * @typedef {import('../market/rows.js').Sort} Sort
 */

const OPPOSITE = /** @type {const} */ ({ ascending: 'descending', descending: 'ascending' });

/**
 * @param {string} column one that sorts
 * @returns {Sort} the order in which it is sorted at first
 */
export function firstOrderOf(column) {
  const { first = 'ascending' } = COLUMNS.find(({ name }) => name === column) ?? {};
  return { column: /** @type {Sort['column']} */ (column), direction: first };
}

/**
 * @param {Sort} sort
 * @returns {Sort} the other way round
 */
export function reversed({ column, direction }) {
  return { column, direction: OPPOSITE[direction] };
}
