/**
 * The state of the prices in a few words. Pure.
 */

/** @type {Record<import('../wire/connection.js').State, string>} */
const WORDS = {
  idle: 'Not connected',
  connecting: 'Connecting',
  live: 'Live',
  still: 'No new price',
  reconnecting: 'Reconnecting',
  stopped: 'Stopped',
};

/**
 * `live`: prices are as new as they can be. `trouble`: some or all are not. `none`: there are none, and none are expected yet.
 * @typedef {{ tone: 'live' | 'trouble' | 'none', words: string, isLive: boolean }} Shown
 *   `words`: such as `Live`. `isLive`: whether a price on the screen may be taken for the price of now
 */

/**
 * What to say about the prices on the screen. A connection that works is not enough: the exchanges behind it have to be there too.
 * @param {object} known
 * @param {import('../wire/connection.js').State} known.state of the connection
 * @param {import('../wire/feed.js').Feed[]} known.feeds the exchanges; empty if the prices do not come from several
 * @param {number} known.symbols how many prices there are
 * @param {number} known.stale how many of them may be out of date
 * @returns {Shown}
 */
export function stateOf({ state, feeds, symbols, stale }) {
  if (state !== 'live') {
    return { tone: state === 'idle' || state === 'connecting' ? 'none' : 'trouble', words: WORDS[state], isLive: false };
  }
  const away = feeds.filter((feed) => feed.state === 'away').length;
  if (away > 0 && away === feeds.length) {
    return { tone: 'trouble', words: 'No exchange is live', isLive: false };
  }
  if (symbols > 0 && stale === symbols) {
    return { tone: 'trouble', words: 'All prices are out of date', isLive: false };
  }
  if (away > 0) {
    return { tone: 'trouble', words: `Live, ${away} of ${feeds.length} exchanges away`, isLive: true };
  }
  // A few that are rarely traded are no trouble.
  return stale > 0
    ? { tone: 2 * stale >= symbols ? 'trouble' : 'live', words: `Live, ${stale} of ${symbols} prices out of date`, isLive: true }
    : { tone: 'live', words: WORDS.live, isLive: true };
}
