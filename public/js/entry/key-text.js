/**
 * API keys as people paste them. Pure.
 */

/** White space of any kind, and what is invisible but no white space: joiners, marks of direction, the byte order mark. */
const INVISIBLE = /[\s\u00ad\u200b-\u200f\u2060\ufeff]+/gu;

/** A key, wherever it stands in a text. */
const KEY = /otk_[0-9A-Za-z]{38}/;

/**
 * Takes the key out of what was pasted: a terminal breaks long lines, mail adds spaces and quotes, and a line of the log says more
 * than the key.
 * @param {string} text
 * @returns {string} the key; if there is none in the text, the text without white space, of which the server will say what it thinks
 */
export function keyIn(text) {
  const visible = text.replace(INVISIBLE, '');
  return KEY.exec(visible)?.[0] ?? visible;
}
