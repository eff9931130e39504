import { ask } from './ask.js';
import { parseJson } from './json.js';

/** Statuses by which a proxy says that nobody is behind it. */
const NOBODY = [502, 503, 504];

/**
 * What came of the exchange of an API key.
 * `refused`: the gateway says that the key is wrong. `busy`: not now, the gateway says when. `unavailable`: the gateway
 * answers but cannot. `foreign`: something else has answered in its place. `unreachable`: nobody answers.
 * @typedef {{ kind: 'issued', token: string }
 *   | { kind: 'refused' }
 *   | { kind: 'busy', afterMs: number }
 *   | { kind: 'unavailable', detail: string, afterMs: number }
 *   | { kind: 'foreign', status: number, afterMs: number }
 *   | { kind: 'unreachable', afterMs: number }} TokenAnswer
 */

/**
 * Trades the API key for a token.
 * @param {string} key
 * @param {AbortSignal} signal
 * @returns {Promise<TokenAnswer>}
 */
export async function requestToken(key, signal) {
  const answer = await ask('/auth/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ api_key: key }),
  }, signal);
  return answer === null ? { kind: 'unreachable', afterMs: 0 } : readAnswer(answer);
}

/**
 * Only what has the gateway's form is the gateway's word: a key is not to be lost for the error page of a proxy.
 * @param {import('./ask.js').Answer} answer
 * @returns {TokenAnswer}
 */
export function readAnswer({ status, type, text, afterMs }) {
  const body = type === 'application/json' ? parseJson(text) : undefined;
  if (status === 200 && isToken(body?.token)) {
    return { kind: 'issued', token: body.token };
  }
  if (status >= 400 && typeof body?.error === 'string') {
    if (status === 401 && body.error === 'invalid API key') {
      return { kind: 'refused' };
    }
    return status === 429 ? { kind: 'busy', afterMs } : { kind: 'unavailable', detail: body.error, afterMs };
  }
  return NOBODY.includes(status) ? { kind: 'unreachable', afterMs } : { kind: 'foreign', status, afterMs };
}

/**
 * @param {unknown} value
 * @returns {value is string} whether it can be a token, and so a part of a subprotocol's name (RFC 6455, 4.1)
 */
function isToken(value) {
  return typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(value);
}
