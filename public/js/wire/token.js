import { ask } from './ask.js';
import { parseJson } from './json.js';

/** Statuses of a proxy that cannot reach the gateway. */
const NOBODY = [502, 503, 504];

/**
 * The result of exchanging an API key.
 * `refused`: the key is wrong. `busy`: the gateway says when to retry. `unavailable`: the gateway cannot issue tokens.
 * `foreign`: something other than the gateway answered. `unreachable`: there was no answer.
 * @typedef {{ kind: 'issued', token: string, lifetimeMs: number }
 *   | { kind: 'refused' }
 *   | { kind: 'busy', afterMs: number }
 *   | { kind: 'unavailable', detail: string, afterMs: number }
 *   | { kind: 'foreign', status: number, afterMs: number }
 *   | { kind: 'unreachable', afterMs: number }} TokenAnswer
 */

/**
 * Exchanges the API key for a token.
 * @param {import('./platform.js').Platform} platform
 * @param {string} key
 * @param {AbortSignal} signal
 * @returns {Promise<TokenAnswer>}
 */
export async function requestToken(platform, key, signal) {
  const answer = await ask(platform, '/auth/token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ api_key: key }),
  }, signal);
  return answer === null ? { kind: 'unreachable', afterMs: 0 } : readAnswer(answer);
}

/**
 * Trusts only answers in the gateway's format: the error page of a proxy must not cost the user the key.
 * @param {import('./ask.js').Answer} answer
 * @returns {TokenAnswer}
 */
export function readAnswer({ status, type, text, afterMs }) {
  const body = type === 'application/json' ? parseJson(text) : undefined;
  if (status === 200 && isToken(body?.token)) {
    return { kind: 'issued', token: body.token, lifetimeMs: body.expires_in > 0 ? body.expires_in * 1_000 : Infinity };
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
 * @returns {value is string} whether it can be a token, which becomes part of a subprotocol (RFC 6455, 4.1)
 */
function isToken(value) {
  return typeof value === 'string' && /^[\w!#$%&'*+.^`|~-]+$/.test(value);
}
