import { read, write } from '../market/preferences.js';
import { COLUMNS } from './columns.js';

const NAME = 'watchlist';

/**
 * How the user left the list: its order, and which symbols it shows.
 */
export class Settings {
  /** @type {import('../market/rows.js').Sort} */
  sort = { column: 'symbol', direction: 'ascending' };
  onlyStarred = false;
  isGrouped = false;

  constructor() {
    const kept = read(NAME, /** @type {any} */ (null));
    // An older or newer page may have written something else.
    if (COLUMNS.some(({ name, first }) => first !== undefined && name === kept?.sort?.column)) {
      this.sort = { column: kept.sort.column, direction: kept.sort.direction === 'descending' ? 'descending' : 'ascending' };
    }
    this.onlyStarred = kept?.onlyStarred === true;
    this.isGrouped = kept?.isGrouped === true;
  }

  /** Keeps them for the next visit. */
  keep() {
    const { sort, onlyStarred, isGrouped } = this;
    write(NAME, { sort, onlyStarred, isGrouped });
  }
}
