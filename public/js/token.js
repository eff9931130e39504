const PATIENCE_MS = 10_000;

/**
 * What the gateway said to an API key.
 * `refused`: the key is wrong. `busy`: not now, the gateway says when. `unavailable`: the gateway answers but cannot.
 * `unreachable`: nobody answers.
 * @typedef {{ kind: 'issued', token: string, date: string | null }
 *   | { kind: 'refused' }
 *   | { kind: 'busy', afterMs: number }
 *   | { kind: 'unavailable', detail: string }
 *   | { kind: 'unreachable' }} TokenAnswer
 */

/**
 * Trades the API key for a token.
 * @param {string} key
 * @param {AbortSignal} signal
 * @returns {Promise<TokenAnswer>} never rejects
 */
export async function requestToken(key, signal) {
  let response, body;
  try {
    response = await fetch('/auth/token', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ api_key: key }),
      cache: 'no-store',
      credentials: 'same-origin',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    body = await response.json().catch(() => ({}));
  } catch {
    return { kind: 'unreachable' };
  }
  if (response.ok && typeof body.token === 'string') {
    return { kind: 'issued', token: body.token, date: response.headers.get('Date') };
  }
  switch (response.status) {
    case 400:
    case 401:
    case 403:
      return { kind: 'refused' };
    case 429:
      return { kind: 'busy', afterMs: Number(response.headers.get('Retry-After') ?? 0) * 1_000 || 0 };
    case 502:
    case 504:
      // A proxy answered, the gateway did not.
      return { kind: 'unreachable' };
    default:
      return { kind: 'unavailable', detail: typeof body.error === 'string' ? body.error : `status ${response.status}` };
  }
}
