import { HANDSHAKE_FAILED, SILENT, endingOf } from './endings.js';
import { Heartbeat } from './heartbeat.js';
import { parseMessage } from './json.js';

/**
 * Opens a socket to the ticker, and ends it when its server falls silent.
 * @param {object} options
 * @param {string} options.token
 * @param {{ epoch: number, seq: number } | null} options.cursor where to resume; null for a snapshot
 * @param {(message: any) => void} options.onMessage
 * @param {(ending: import('./endings.js').Ending) => void} options.onEnd
 * @param {AbortSignal} options.signal closes it; nothing is heard of it afterwards
 * @returns {Heartbeat}
 */
export function openTickerSocket({ token, cursor, onMessage, onEnd, signal }) {
  // A browser sends no headers with a socket, and a URL ends up in logs: the token goes as a subprotocol.
  const socket = new WebSocket(addressOf(cursor), ['ticker.v1', `bearer.${token}`]);
  signal.addEventListener('abort', () => socket.close(1000), { once: true });
  const heartbeat = new Heartbeat({
    ping: () => socket.send('{"type":"ping"}'),
    silent: () => onEnd(SILENT),
    signal,
  });
  let isOpen = false;
  socket.addEventListener('open', () => {
    isOpen = true;
  }, { signal });
  socket.addEventListener('message', ({ data }) => {
    heartbeat.heard();
    onMessage(parseMessage(String(data)));
  }, { signal });
  socket.addEventListener('close', ({ code, reason }) => {
    onEnd(isOpen ? endingOf(code, reason) : HANDSHAKE_FAILED);
  }, { signal });
  return heartbeat;
}

/**
 * @param {{ epoch: number, seq: number } | null} cursor
 * @returns {string}
 */
function addressOf(cursor) {
  const address = new URL('/ws/ticker', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.search = 'status=true';
  if (cursor !== null) {
    address.search += `&epoch=${cursor.epoch}&seq=${cursor.seq}`;
  }
  return address.href;
}
