import { FakeSocket } from './fake-socket.js';

/**
 * Surroundings whose time passes only when a test says so, and whose network is the test's.
 */
export class FakePlatform {
  time = 1_000_000;
  online = true;
  /** @type {FakeSocket[]} those that were opened */
  sockets = [];
  /** @type {Request[]} those that were sent */
  requests = [];
  /** @type {(request: Request) => Response | Promise<Response>} */
  answer = () => Promise.reject(new TypeError('nobody there'));
  #timers = new Map();
  #lastTimer = 0;

  random = () => 0.5;
  origin = () => 'http://gateway.test';
  isOnline = () => this.online;
  now = () => this.time;
  fetch = async (request) => {
    this.requests.push(request);
    return this.answer(request);
  };

  openSocket = (address, protocols) => {
    const socket = new FakeSocket(address, protocols);
    this.sockets.push(socket);
    return socket;
  };

  setTimeout = (action, ms) => this.#add(action, ms, null);
  setInterval = (action, ms) => this.#add(action, ms, ms);
  clearTimeout = (timer) => this.#timers.delete(timer);
  clearInterval = (timer) => this.#timers.delete(timer);

  /** The newest socket. */
  get socket() {
    return this.sockets[this.sockets.length - 1];
  }

  /** How many timers wait. */
  get waiting() {
    return this.#timers.size;
  }

  /**
   * Lets time pass, and everything happen that becomes due.
   * @param {number} ms
   */
  async pass(ms = 0) {
    const end = this.time + ms;
    await settle();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      const [id, timer] = next;
      this.time = Math.max(this.time, timer.dueAt);
      if (timer.every === null) {
        this.#timers.delete(id);
      } else {
        timer.dueAt += timer.every;
      }
      timer.action();
      await settle();
    }
    this.time = end;
  }

  #add(action, ms, every) {
    this.#timers.set(++this.#lastTimer, { action, dueAt: this.time + ms, every });
    return this.#lastTimer;
  }

  #next(end) {
    return [...this.#timers].filter(([, { dueAt }]) => dueAt <= end).sort(([, one], [, other]) => one.dueAt - other.dueAt)[0];
  }
}

/** Lets everything happen that waits for promises only. */
export function settle() {
  return new Promise((resolve) => setImmediate(resolve));
}

/** @returns {Response} */
export function json(body, { status = 200, type = 'application/json', headers = {} } = {}) {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers: { 'Content-Type': type, ...headers } });
}
