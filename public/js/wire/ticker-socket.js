import { HANDSHAKE_FAILED, SILENT, endingOf } from './endings.js';
import { Heartbeat } from './heartbeat.js';
import { parseMessage } from './json.js';

/**
 * A socket to the ticker, which ends when its server falls silent.
 * @typedef {object} TickerSocket
 * @property {(message: object) => void} send sends a message of the client; only after the first message of the server
 * @property {() => void} probe asks for a sign of life at once
 */

/**
 * @param {object} options
 * @param {import('./platform.js').Platform} options.platform
 * @param {string} options.token
 * @param {{ epoch: number, seq: number } | null} options.cursor where to resume; null for a snapshot
 * @param {(message: any, socket: TickerSocket) => void} options.onMessage
 * @param {(ending: import('./endings.js').Ending) => void} options.onEnd
 * @param {AbortSignal} options.signal closes it; nothing is heard of it afterwards
 */
export function openTickerSocket({ platform, token, cursor, onMessage, onEnd, signal }) {
  // A browser sends no headers with a socket, and a URL ends up in logs: the token goes as a subprotocol.
  const socket = platform.openSocket(addressOf(platform.origin(), cursor), ['ticker.v1', `bearer.${token}`]);
  const send = (/** @type {object} */ message) => socket.send(JSON.stringify(message));
  signal.addEventListener('abort', () => socket.close(1000), { once: true });
  const heartbeat = new Heartbeat({
    platform,
    ping: () => send({ type: 'ping' }),
    silent: () => onEnd(SILENT),
    signal,
  });
  const probe = () => heartbeat.probe();
  let isOpen = false;
  socket.addEventListener('open', () => {
    isOpen = true;
  }, { signal });
  socket.addEventListener('message', ({ data }) => {
    heartbeat.heard();
    onMessage(parseMessage(String(data)), { send, probe });
  }, { signal });
  socket.addEventListener('close', ({ code, reason }) => {
    onEnd(isOpen ? endingOf(code, reason) : HANDSHAKE_FAILED);
  }, { signal });
}

/**
 * A cursor stands for what was held in full detail, so it is resumed in full detail.
 * @param {string} origin
 * @param {{ epoch: number, seq: number } | null} cursor
 * @returns {string}
 */
function addressOf(origin, cursor) {
  const address = new URL('/ws/ticker', origin);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.search = 'detail=full&status=true';
  if (cursor !== null) {
    address.search += `&epoch=${cursor.epoch}&seq=${cursor.seq}`;
  }
  return address.href;
}
