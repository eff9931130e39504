/**
 * Reading JSON. Pure.
 */

/** A whole number with at most so many characters is one that a double holds exactly. */
const EXACT_LENGTH = 15;

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
 * Parses JSON of the gateway, which has no white space around its numbers. A member that is a number of which a double may
 * not hold all digits becomes a text with exactly the digits that were sent: one with a fraction, an exponent, or more than
 * 15 digits. Others stay numbers, so `String` gives the digits of each decimal, and `Number` the value of each integer.
 * @param {string} text
 * @returns {any} undefined if it is not JSON
 */
export function parseMessage(text) {
  return parseJson(withTexts(text));
}

/**
 * Puts quotation marks around the numbers that become texts. Written for speed: a snapshot has tens of thousands.
 * @param {string} json
 * @returns {string}
 */
function withTexts(json) {
  let result = '';
  let copied = 0;
  for (let colon = json.indexOf('":'); colon >= 0;) {
    const start = colon + 2;
    let end = start;
    // Within a text, the quotation mark would follow a backslash. Where it begins a text, it follows punctuation.
    if (isOfName(json.charCodeAt(colon - 1)) && beginsNumber(json.charCodeAt(start))) {
      let isExact = true;
      for (let code = json.charCodeAt(end); isOfNumber(code); code = json.charCodeAt(++end)) {
        isExact = isExact && code !== POINT && (code | CASE) !== EXPONENT;
      }
      if (!isExact || end - start > EXACT_LENGTH) {
        result += `${json.slice(copied, start)}"${json.slice(start, end)}"`;
        copied = end;
      }
    }
    colon = json.indexOf('":', end);
  }
  return result + json.slice(copied);
}

const POINT = 0x2e;
const EXPONENT = 0x65;
const CASE = 0x20;

/** @param {number} code of a digit or `-` */
function beginsNumber(code) {
  return (code >= 0x30 && code <= 0x39) || code === 0x2d;
}

/** @param {number} code of a character of a number: a digit, `+`, `-`, `.`, `e` or `E` */
function isOfNumber(code) {
  return (code >= 0x30 && code <= 0x39) || code === 0x2b || code === 0x2d || code === POINT || (code | CASE) === EXPONENT;
}

/** @param {number} code of a letter, a digit or `_` */
function isOfName(code) {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f || (code >= 0x41 && code <= 0x5a);
}
