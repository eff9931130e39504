const PATIENCE_MS = 10_000;

/** The longest wait that an answer may request. The answer may come from a proxy. */
const LONGEST_WAIT_MS = 60_000;

/**
 * An HTTP response. The caller decides whether it comes from the gateway, because a proxy may have written it.
 * @typedef {object} Answer
 * @property {number} status 0 for a redirect, which is not followed
 * @property {string} type the media type, without parameters
 * @property {string} text
 * @property {number} afterMs the wait that `Retry-After` requests; 0 if there is none
 */

/**
 * Sends a request to the gateway.
 * @param {import('./platform.js').Platform} platform
 * @param {string} path
 * @param {RequestInit} init
 * @param {AbortSignal} signal ends the request
 * @returns {Promise<Answer | null>} null if no answer came; rejects only for errors of this program
 */
export async function ask(platform, path, init, signal) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = platform.setTimeout(abort, PATIENCE_MS);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) {
    abort();
  }
  try {
    const request = new Request(new URL(path, platform.origin()), {
      cache: 'no-store', ...init, credentials: 'same-origin', redirect: 'manual', signal: controller.signal,
    });
    // A rejection, even with a TypeError, is a network error. What is thrown is an error of this program and not caught here.
    const response = await platform.fetch(request).catch(() => null);
    const text = await response?.text().catch(() => null);
    return response === null || text === null || text === undefined ? null : {
      status: response.status,
      type: (response.headers.get('Content-Type') ?? '').split(';')[0].trim().toLowerCase(),
      text,
      afterMs: waitOf(response.headers.get('Retry-After')),
    };
  } finally {
    platform.clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/**
 * @param {string | null} retryAfter seconds; a date, which only proxies send, counts as none
 * @returns {number} milliseconds
 */
function waitOf(retryAfter) {
  return /^\d+$/.test(retryAfter ?? '') ? Math.min(Number(retryAfter) * 1_000, LONGEST_WAIT_MS) : 0;
}
