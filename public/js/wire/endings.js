/**
 * Why a connection ended and what to do next: the close codes of the protocol. Pure.
 *
 * `reconnect`: reconnect with the same token. `renew`: reconnect with a new token. `stop`: do not reconnect.
 * `refuse`: the key was refused, ask for another.
 * @typedef {object} Ending
 * @property {'reconnect' | 'renew' | 'stop' | 'refuse'} next
 * @property {string} words
 * @property {number} [afterMs] the shortest delay
 * @property {boolean} [atOnce] reconnect without delay if the connection had lasted
 * @property {string} [after] what to say once connected again
 */

const LOST = 'The connection was lost.';

/** The gateway's reasons for the codes that end a connection for good. A proxy may send the same codes, but not these reasons. */
/** @type {Record<number, string>} */
const REASONS = {
  1008: 'closed by an administrator',
  1009: 'message too big',
};

/** @type {Record<number, Ending>} */
const BY_CODE = {
  1000: { next: 'reconnect', words: 'The server ended the connection.' },
  1001: { next: 'reconnect', words: 'The server is stopping.' },
  1008: { next: 'stop', words: 'The server ended the connection: an administrator closed it.' },
  1009: { next: 'stop', words: 'The server ended the connection: a message was too big.' },
  1011: { next: 'reconnect', words: 'Something went wrong in the server.' },
  1012: { next: 'reconnect', words: 'The server is restarting.' },
  4401: {
    next: 'renew',
    words: 'The token has expired or was revoked: getting a new one.',
    after: 'The token had expired or was revoked. Connected again with a new one.',
  },
  4408: { next: 'reconnect', words: 'Prices came faster than this connection could take them.' },
  4429: { next: 'reconnect', words: 'Too many messages were sent to the server.', afterMs: 5_000 },
};

/**
 * @param {number} code the WebSocket's close code
 * @param {string} reason the text that came with it
 * @returns {Ending} a lost connection if the code is unknown
 */
export function endingOf(code, reason) {
  const isGateway = REASONS[code] === undefined || REASONS[code] === reason;
  return (isGateway ? BY_CODE[code] : undefined) ?? { next: 'reconnect', words: LOST };
}

/**
 * @param {Exclude<import('./token.js').TokenAnswer, { kind: 'issued' }>} answer
 * @returns {Ending}
 */
export function endingOfRefusal(answer) {
  switch (answer.kind) {
    case 'refused':
      return { next: 'refuse', words: 'This API key is not valid.' };
    case 'busy':
      return { next: 'renew', words: 'Too many attempts: the server asks to wait.', afterMs: answer.afterMs };
    case 'unavailable':
      return { next: 'renew', words: `The server cannot give out tokens now (${answer.detail}).`, afterMs: answer.afterMs };
    case 'foreign':
      return {
        next: 'renew',
        words: `Something in front of the server answered in its place (${answer.status === 0 ? 'a redirect' : `status ${answer.status}`}).`,
        afterMs: answer.afterMs,
      };
    default:
      return { next: 'renew', words: 'The server does not answer.', afterMs: answer.afterMs };
  }
}

/**
 * @param {unknown} error an error of this program, never reported as a network error
 * @returns {Ending}
 */
export function endingOfFault(error) {
  return { next: 'stop', words: `This page has a fault of its own (${error}). Reload it.` };
}

/** The handshake failed. Browsers do not say why, but requesting a new token tells an invalid token from a dead server. */
export const HANDSHAKE_FAILED = /** @type {Ending} */ ({ next: 'renew', words: 'The server did not take the connection.' });

/** Nothing came, not even a pong. */
export const SILENT = /** @type {Ending} */ ({ next: 'reconnect', words: 'The server has gone silent.' });

/** Changes are missing. */
export const GAP = /** @type {Ending} */ ({ next: 'reconnect', words: 'Some changes were missed: asking for all prices again.' });

/** The server requested it at a time of its choice, so clients are already spread out. */
export const ASKED = /** @type {Ending} */ ({ next: 'reconnect', words: 'The server asked to connect again.', atOnce: true });
