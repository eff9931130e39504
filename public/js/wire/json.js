/**
 * Reading JSON. Pure.
 */

/**
 * Matches the price member of an object and captures its number. Valid JSON has no other text like it, and anything that
 * is not a JSON number is left for the parser to reject.
 */
const PRICE = /([{,]\s*"price"\s*:\s*)(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*[,}])/g;

/**
 * @param {string} text
 * @returns {any} undefined if it is not JSON
 */
export function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

/**
 * Parses a message of the gateway. Prices become strings with exactly the digits that were sent, because numbers would
 * lose digits that a double cannot hold.
 * @param {string} text
 * @returns {any} undefined if it is not JSON
 */
export function parseMessage(text) {
  return parseJson(text.replace(PRICE, '$1"$2"'));
}
