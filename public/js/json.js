/**
 * Reading JSON. Pure.
 */

/**
 * A price as a member of an object, of which the number is caught. Between two quotes that are not escaped there is no
 * other text like it in valid JSON, and what is no JSON number is left alone, for the parser to refuse.
 */
const PRICE = /([{,]\s*"price"\s*:\s*)(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?=\s*[,}])/g;

/**
 * @param {string} text
 * @returns {any} undefined for what is not JSON
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
 * Reads a message of the gateway. Each price comes as a string of the very digits that were sent: as a number, it would
 * lose those that a double does not hold.
 * @param {string} text
 * @returns {any} undefined for what is not JSON
 */
export function parseMessage(text) {
  return parseJson(text.replace(PRICE, '$1"$2"'));
}
