/**
 * The columns of the watchlist, from left to right. How many of them there is room for is decided in css/columns.css.
 *
 * @typedef {object} ColumnOfList
 * @property {string} name also the class of its cells
 * @property {string} label empty for a column that has its name for screen readers only
 * @property {string} title what it holds, in full
 * @property {boolean} [isFigure] whether it is left out where there is no room, unless the list is sorted by it
 * @property {'ascending' | 'descending'} [first] how the first press of its button sorts; without it there is no button
 */

/** @type {ColumnOfList[]} */
export const COLUMNS = [
  { name: 'star', label: '', title: 'Star' },
  { name: 'symbol', label: 'Symbol', title: 'Symbol', first: 'ascending' },
  { name: 'course', label: '', title: 'Course of the last 24 hours' },
  { name: 'price', label: 'Price', title: 'Newest price', first: 'descending' },
  { name: 'change', label: '24 h change', title: 'Change over the last 24 hours', first: 'descending' },
  { name: 'high', label: '24 h high', title: 'Highest price of the last 24 hours', first: 'descending', isFigure: true },
  { name: 'low', label: '24 h low', title: 'Lowest price of the last 24 hours', first: 'descending', isFigure: true },
  { name: 'volume', label: '24 h volume', title: 'Traded in the last 24 hours, in the quote currency', first: 'descending', isFigure: true },
  { name: 'bid', label: 'Bid', title: 'Best bid', first: 'descending', isFigure: true },
  { name: 'ask', label: 'Ask', title: 'Best offer', first: 'descending', isFigure: true },
];
