/**
 * The line that names the exchanges, and says which of them are away.
 */
export class FeedsView {
  #list;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.#list = list;
  }

  /** @param {import('../wire/feed.js').Feed[]} feeds empty if the prices do not come from exchanges */
  show(feeds) {
    this.#list.hidden = feeds.length === 0;
    this.#list.replaceChildren(...feeds.map((feed) => {
      const item = document.createElement('li');
      item.className = feed.state;
      item.textContent = wordsOf(feed);
      return item;
    }));
  }
}

/**
 * @param {import('../wire/feed.js').Feed} feed
 * @returns {string} for example `coinbase live`, `kraken away: no answer`
 */
function wordsOf({ exchange, state, cause }) {
  return `${exchange} ${state}${cause ? `: ${cause}` : ''}`;
}
