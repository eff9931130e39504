/**
 * An exchange that prices come from, as the server sends it.
 * @typedef {object} Feed
 * @property {string} exchange as in the symbols of single exchanges
 * @property {'live' | 'away'} state
 * @property {string} [cause] why it is away, for people
 */

export {};
