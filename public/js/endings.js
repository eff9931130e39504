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

/** What the gateway says with the codes that end it for good. A proxy may send them too, for reasons of its own, and without these words. */
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
 * @returns {Ending} a lost connection for anything that is not in the table
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
 * @param {unknown} error thrown by this program; never told as a fault of the network
 * @returns {Ending}
 */
export function endingOfFault(error) {
  return { next: 'stop', words: `This page has a fault of its own (${error}). Reload it.` };
}

/** The handshake failed. A browser does not say why; asking for a new token tells a bad token from a dead server. */
export const HANDSHAKE_FAILED = /** @type {Ending} */ ({ next: 'renew', words: 'The server did not take the connection.' });

/** Nothing came, not even a pong. */
export const SILENT = /** @type {Ending} */ ({ next: 'reconnect', words: 'The server has gone silent.' });

/** A delta that starts after what is known. */
export const GAP = /** @type {Ending} */ ({ next: 'reconnect', words: 'Some changes were missed: asking for all prices again.' });

/** The server asked for it, at a time that it chose: the crowd is spread already. */
export const ASKED = /** @type {Ending} */ ({ next: 'reconnect', words: 'The server asked to connect again.', atOnce: true });
