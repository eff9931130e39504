/**
 * An exchange that prices come from, as the server sends it.
 * @typedef {object} Feed
 * @property {string} exchange as in the symbols of single exchanges
 * @property {'live' | 'away'} state
 * @property {string} [cause] why it is away, for people
 */

/**
 * Where prices come from.
 * @typedef {object} FeedNews
 * @property {Feed[]} feeds empty if prices do not come from several exchanges
 * @property {string | null} source `simulated`, `replay`, `exchanges` or one exchange's name; null if the server does not say
 */

export {};
