import { COLUMNS } from './columns.js';

/**
 * How the list is sorted. Pure.
 *
 * @typedef {import('../market/rows.js').Sort} Sort
 */

export const OPPOSITE = /** @type {const} */ ({ ascending: 'descending', descending: 'ascending' });

/**
 * The order in which a column is sorted at first.
 * @param {string} column one that sorts
 * @returns {Sort}
 */
export function sorted(column) {
  const { first = 'ascending' } = COLUMNS.find(({ name }) => name === column) ?? {};
  return { column: /** @type {Sort['column']} */ (column), direction: first };
}
