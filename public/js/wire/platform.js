/**
 * What the client uses of the program that it runs in. Tests, and programs other than a page of the gateway, give another one.
 * @typedef {object} Platform
 * @property {() => string} origin of the gateway, for example `https://prices.example`
 * @property {(request: Request) => Promise<Response>} fetch rejects only if no answer came
 * @property {(address: string, protocols: string[]) => WebSocket} openSocket
 * @property {() => boolean} isOnline whether there may be a network
 * @property {() => number} now milliseconds of a clock that never goes back
 * @property {() => number} random in [0, 1)
 * @property {(action: () => void, ms: number) => number} setTimeout
 * @property {(timer: number) => void} clearTimeout
 * @property {(action: () => void, ms: number) => number} setInterval
 * @property {(timer: number) => void} clearInterval
 */

/** @type {Platform} a page of the gateway. Nothing is read before it is used. */
export const pagePlatform = {
  origin: () => globalThis.location.origin,
  fetch: (request) => fetch(request),
  openSocket: (address, protocols) => new WebSocket(address, protocols),
  isOnline: () => globalThis.navigator.onLine,
  now: () => performance.now(),
  random: () => Math.random(),
  setTimeout: (action, ms) => setTimeout(action, ms),
  clearTimeout: (timer) => clearTimeout(timer),
  setInterval: (action, ms) => setInterval(action, ms),
  clearInterval: (timer) => clearInterval(timer),
};

/**
 * Calls an action at an interval until a signal is given.
 * @param {Platform} platform
 * @param {() => void} action
 * @param {number} ms
 * @param {AbortSignal} signal
 */
export function repeat(platform, action, ms, signal) {
  const timer = platform.setInterval(action, ms);
  signal.addEventListener('abort', () => platform.clearInterval(timer), { once: true });
}

/**
 * Calls an action once, unless a signal is given before.
 * @param {Platform} platform
 * @param {() => void} action
 * @param {number} ms
 * @param {AbortSignal} signal
 */
export function delay(platform, action, ms, signal) {
  const cancel = () => platform.clearTimeout(timer);
  const timer = platform.setTimeout(() => {
    signal.removeEventListener('abort', cancel);
    action();
  }, ms);
  signal.addEventListener('abort', cancel, { once: true });
}
