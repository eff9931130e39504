const PATIENCE_MS = 10_000;

/** The longest wait that an answer may ask for: some proxy may have written it. */
const LONGEST_WAIT_MS = 60_000;

/**
 * What came back. Whoever reads it decides whether it is the gateway's own: a proxy may have written all of it.
 * @typedef {object} Answer
 * @property {number} status 0 for a redirect, which is not followed
 * @property {string} type the media type, without parameters
 * @property {string} text
 * @property {number} afterMs the wait that `Retry-After` asks for; 0 where it asks for none
 */

/**
 * Sends a request to the server that the page is from.
 * @param {string} path
 * @param {RequestInit} init
 * @param {AbortSignal} signal ends the request
 * @returns {Promise<Answer | null>} null where no answer came; it rejects for errors of the program only
 */
export async function ask(path, init, signal) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, PATIENCE_MS);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) {
    abort();
  }
  try {
    const request = new Request(path, {
      ...init, cache: 'no-store', credentials: 'same-origin', redirect: 'manual', signal: controller.signal,
    });
    // A rejection is the network's, and so is a TypeError in it. What is thrown is the program's, and not caught here.
    const response = await fetch(request).catch(() => null);
    const text = await response?.text().catch(() => null);
    return response === null || text === null || text === undefined ? null : {
      status: response.status,
      type: (response.headers.get('Content-Type') ?? '').split(';')[0].trim().toLowerCase(),
      text,
      afterMs: waitOf(response.headers.get('Retry-After')),
    };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/**
 * @param {string | null} retryAfter seconds; a date, which only proxies send, is no wait but the usual one
 * @returns {number} milliseconds
 */
function waitOf(retryAfter) {
  return /^\d+$/.test(retryAfter ?? '') ? Math.min(Number(retryAfter) * 1_000, LONGEST_WAIT_MS) : 0;
}
