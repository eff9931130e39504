/**
 * Where a key leads in a list. Pure.
 */

/**
 * @param {string} key as in `KeyboardEvent.key`
 * @param {number} at the index of the present row
 * @param {number} count the number of rows
 * @param {number} page the number of rows in sight
 * @param {(index: number) => boolean} isRow whether a row can be gone to: the headings of groups can't
 * @returns {number | null} the index of the row to go to; null if the key leads nowhere
 */
export function leadsTo(key, at, count, page, isRow) {
  switch (key) {
    case 'ArrowDown': return nearest(at + 1, 1, count, isRow);
    case 'ArrowUp': return nearest(at - 1, -1, count, isRow);
    case 'PageDown': return nearest(Math.min(at + page, count - 1), 1, count, isRow) ?? leadsTo('End', at, count, page, isRow);
    case 'PageUp': return nearest(Math.max(at - page, 0), -1, count, isRow) ?? leadsTo('Home', at, count, page, isRow);
    case 'Home': return nearest(0, 1, count, isRow);
    case 'End': return nearest(count - 1, -1, count, isRow);
    default: return null;
  }
}

/**
 * @param {number} from
 * @param {1 | -1} step
 * @param {number} count
 * @param {(index: number) => boolean} isRow
 */
function nearest(from, step, count, isRow) {
  for (let index = from; index >= 0 && index < count; index += step) {
    if (isRow(index)) {
      return index;
    }
  }
  return null;
}
