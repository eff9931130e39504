/**
 * Why a connection ended, in words, and what to do next: the table of close codes of the protocol. Pure.
 *
 * `reconnect`: again, with the token at hand. `renew`: again, with a new token. `stop`: not again by itself.
 * `refuse`: the key is no good, ask for another.
 * @typedef {object} Ending
 * @property {'reconnect' | 'renew' | 'stop' | 'refuse'} next
 * @property {string} words
 * @property {number} [afterMs] wait at least so long
 * @property {boolean} [atOnce] do not wait, where the connection was a good one
 * @property {string} [after] what to say once connected again, where that says more than that it is
 */

const LOST = 'The connection was lost.';

/** @type {Record<number, Ending>} */
const BY_CODE = {
  1000: { next: 'reconnect', words: 'The server ended the connection.' },
  1001: { next: 'reconnect', words: 'The server is stopping.' },
  1008: { next: 'stop', words: 'The server ended the connection: it breaks a rule of the server.' },
  1009: { next: 'stop', words: 'The server ended the connection: a message was too big.' },
  1011: { next: 'reconnect', words: 'Something went wrong in the server.' },
  1012: { next: 'reconnect', words: 'The server is restarting.' },
  4401: {
    next: 'renew',
    words: 'The token has expired or was revoked: getting a new one.',
    after: 'The token had expired or was revoked. Connected again with a new one.',
  },
  4403: { next: 'stop', words: 'This key is not allowed to see the prices.' },
  4408: { next: 'reconnect', words: 'Prices came faster than this connection could take them.' },
  4429: { next: 'reconnect', words: 'Too many messages were sent to the server.', afterMs: 5_000 },
};

/**
 * @param {number} code the WebSocket's close code
 * @returns {Ending} a lost connection for any code that is not in the table
 */
export function endingOf(code) {
  return BY_CODE[code] ?? { next: 'reconnect', words: LOST };
}

/**
 * @param {import('./token.js').TokenAnswer} answer any answer but a token
 * @returns {Ending}
 */
export function endingOfRefusal(answer) {
  switch (answer.kind) {
    case 'refused':
      return { next: 'refuse', words: 'This API key is not valid.' };
    case 'busy':
      return { next: 'renew', words: 'Too many attempts: the server asks to wait.', afterMs: answer.afterMs };
    case 'unavailable':
      return { next: 'renew', words: `The server cannot give out tokens now (${answer.detail}).` };
    default:
      return { next: 'renew', words: 'The server does not answer.' };
  }
}

/** The handshake failed. A browser does not say why; asking for a new token tells a bad token from a dead server. */
export const HANDSHAKE_FAILED = /** @type {Ending} */ ({ next: 'renew', words: 'The server did not take the connection.' });

/** Nothing came, not even a pong. */
export const SILENT = /** @type {Ending} */ ({ next: 'reconnect', words: 'The server has gone silent.' });

/** A delta that starts after what is known. */
export const GAP = /** @type {Ending} */ ({ next: 'reconnect', words: 'Some changes were missed: asking for all prices again.' });

/** The server asked for it, at a time that it chose: the crowd is spread already. */
export const ASKED = /** @type {Ending} */ ({ next: 'reconnect', words: 'The server asked to connect again.', atOnce: true });
