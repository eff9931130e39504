import { ASKED, GAP, endingOfFault, endingOfRefusal } from './endings.js';
import { PriceWatch } from './price-watch.js';
import { requestReadiness } from './readiness.js';
import { Retry } from './retry.js';
import { openTickerSocket } from './ticker-socket.js';
import { requestToken } from './token.js';

/**
 * `idle`: there is no key, or it was refused. `connecting`: the first attempt. `live`: prices come. `still`: connected, but
 * no new prices come. `reconnecting`: the connection was lost, or the first attempt failed. `stopped`: the server closed it
 * for good, or this program has failed.
 * @typedef {'idle' | 'connecting' | 'live' | 'still' | 'reconnecting' | 'stopped'} State
 */

/**
 * @typedef {object} Status
 * @property {State} state
 * @property {string} words what went wrong; empty if there is nothing to say
 * @property {number | null} retryAt the time of the next attempt, by the monotonic clock; null if none is due
 * @property {boolean} mayHurry whether `hurry` would try at once; not if the server set the delay
 * @property {boolean} refused whether the key was refused
 */

/**
 * Keeps a connection to the ticker: token, WebSocket, resume, back-off.
 * Each attempt has an AbortController. A new attempt aborts everything that belongs to the previous one.
 */
export class Connection {
  #market;
  #onStatus;
  #onTick;
  #onWelcome;
  #onFeeds;
  #key = '';
  #token = /** @type {string | null} */ (null);
  #state = /** @type {State} */ ('idle');
  #scope = new AbortController();
  #heartbeat = /** @type {import('./heartbeat.js').Heartbeat | null} */ (null);
  #priceWatch = /** @type {PriceWatch | null} */ (null);
  /** When the newest price came; null if none has. */
  #lastPriceAt = /** @type {number | null} */ (null);
  #retry = new Retry(() => this.#open());
  /** Why the page is not live. The first reason is shown afterwards. */
  #trouble = /** @type {import('./endings.js').Ending | null} */ (null);
  #words = '';

  /**
   * @param {object} options
   * @param {import('./market.js').Market} options.market applies ticks and knows where to resume
   * @param {(status: Status) => void} options.onStatus
   * @param {() => void} options.onWelcome called when a new connection begins
   * @param {(feeds: import('./feed.js').Feed[]) => void} options.onFeeds called when an exchange has come or gone
   * @param {(publishedAt: number) => void} options.onTick called after each message that the market applied, with Unix
   *   milliseconds by the server's clock
   */
  constructor({ market, onStatus, onWelcome, onFeeds, onTick }) {
    this.#market = market;
    this.#onStatus = onStatus;
    this.#onWelcome = onWelcome;
    this.#onFeeds = onFeeds;
    this.#onTick = onTick;
  }

  /**
   * Connects, and reconnects until it is stopped or refused.
   * @param {string} [key] by default the last one
   */
  start(key = this.#key) {
    if (key !== this.#key) {
      this.#token = null;
      this.#lastPriceAt = null;
      this.#key = key;
    }
    this.#retry.reset();
    this.#trouble = null;
    this.#words = '';
    this.#open();
  }

  /** Disconnects and forgets the key. */
  stop() {
    this.#release();
    this.#key = '';
    this.#token = null;
    this.#words = '';
    this.#publish('idle');
  }

  /** Retries now if it is waiting for the next attempt; otherwise checks the connection. */
  hurry() {
    if (this.#retry.mayHurry) {
      this.#open();
    } else if (this.#isUp) {
      this.#heartbeat?.probe();
      this.#priceWatch?.look();
    }
  }

  /**
   * Stops because this program has failed: its prices could be wrong, and its attempts futile.
   * @param {unknown} error
   */
  fail(error) {
    this.#end(endingOfFault(error));
  }

  get #isUp() {
    return this.#state === 'live' || this.#state === 'still';
  }

  async #open() {
    this.#release();
    const { signal } = this.#scope;
    this.#publish(this.#trouble === null ? 'connecting' : 'reconnecting');
    if (this.#token === null) {
      const answer = await requestToken(this.#key, signal);
      if (signal.aborted) {
        return;
      }
      if (answer.kind !== 'issued') {
        this.#end(endingOfRefusal(answer));
        return;
      }
      this.#token = answer.token;
    }
    this.#heartbeat = openTickerSocket({
      token: this.#token,
      cursor: this.#market.cursor,
      onMessage: (message) => this.#receive(message),
      onEnd: (ending) => this.#end(ending),
      signal,
    });
  }

  /** @param {any} message */
  #receive(message) {
    switch (message?.type) {
      case 'welcome':
        this.#welcome(message);
        break;
      case 'ticker':
        this.#tick(message);
        break;
      case 'status':
        this.#onFeeds(message.feeds ?? []);
        break;
      case 'reconnect':
        this.#leaveIn(Number(message.after_ms) || 0);
        break;
      case 'error':
        this.#words = `The server says: ${message.message ?? message.code}`;
        this.#publish(this.#state);
        break;
      default:
        // A pong only needs to be received. Unknown types, of later servers, are ignored.
        break;
    }
  }

  /** @param {number} ms after which the server, which stops, wants this client to reconnect; prices come until then */
  #leaveIn(ms) {
    const timer = setTimeout(() => this.#end(ASKED), ms);
    this.#scope.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  /** @param {any} message */
  #welcome({ epoch }) {
    const { signal } = this.#scope;
    this.#market.begin(epoch);
    this.#onWelcome();
    this.#priceWatch = new PriceWatch({
      lastPriceAt: this.#lastPriceAt,
      ask: () => requestReadiness(signal),
      onStill: (words) => {
        this.#words = words;
        this.#publish('still');
      },
      signal,
    });
    this.#retry.succeeded();
    this.#words = this.#newsOfWelcome();
    this.#trouble = null;
    this.#publish('live');
  }

  #newsOfWelcome() {
    return this.#trouble === null ? '' : this.#trouble.after ?? (this.#market.publishedAt > 0 ? 'Connected again, and up to date.' : 'Connected.');
  }

  /** @param {any} message */
  #tick(message) {
    const outcome = this.#market.apply(message);
    if (outcome === 'gap') {
      this.#market.forgetCursor();
      this.#end(GAP);
      return;
    }
    if (outcome === 'applied') {
      this.#lastPriceAt = performance.now();
      this.#priceWatch?.moved();
      if (this.#state === 'still') {
        this.#words = 'Prices come again.';
        this.#publish('live');
      }
    }
    if (outcome !== 'stale') {
      this.#onTick(message.ts / 1_000);
    }
  }

  /** @param {import('./endings.js').Ending} ending */
  #end(ending) {
    this.#release();
    const isFinal = ending.next === 'refuse' || ending.next === 'stop';
    this.#words = navigator.onLine || isFinal ? ending.words : 'This device is offline.';
    if (ending.next === 'renew' || ending.next === 'refuse') {
      this.#token = null;
    }
    if (ending.next === 'refuse') {
      this.#publish('idle', { refused: true });
      return;
    }
    if (ending.next === 'stop') {
      this.#publish('stopped');
      return;
    }
    this.#trouble ??= ending;
    const wait = this.#retry.schedule(ending);
    this.#publish('reconnecting', { retryAt: performance.now() + wait, mayHurry: this.#retry.mayHurry });
  }

  /** Ends everything of the current attempt: requests, WebSocket, heartbeat, watch and timer. */
  #release() {
    this.#retry.cancel();
    this.#heartbeat = null;
    this.#priceWatch = null;
    this.#scope.abort();
    this.#scope = new AbortController();
  }

  /**
   * @param {State} state
   * @param {Partial<Status>} [more]
   */
  #publish(state, more = {}) {
    this.#state = state;
    this.#onStatus({ state, words: this.#words, retryAt: null, mayHurry: false, refused: false, ...more });
  }
}
