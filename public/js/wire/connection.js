import { Conversation } from './conversation.js';
import { endingOfFault, endingOfRefusal } from './endings.js';
import { pagePlatform } from './platform.js';
import { Retry } from './retry.js';
import { openTickerSocket } from './ticker-socket.js';
import { TokenKeeper } from './token-keeper.js';

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
  #platform;
  #market;
  #onStatus;
  #onWelcome;
  #tokens;
  #retry;
  #conversation;
  #state = /** @type {State} */ ('idle');
  #scope = new AbortController();
  /** Why the page is not live. The first reason is shown afterwards. */
  #trouble = /** @type {import('./endings.js').Ending | null} */ (null);
  #words = '';

  /**
   * @param {object} options
   * @param {import('./market.js').Market} options.market applies ticks and knows where to resume
   * @param {(status: Status) => void} options.onStatus
   * @param {() => void} [options.onWelcome] called when a new connection begins
   * @param {(news: import('./feed.js').FeedNews) => void} [options.onFeeds] called when an exchange has come or gone
   * @param {(publishedAt: number) => void} [options.onTick] called after each message that the market applied, with Unix
   *   milliseconds by the server's clock
   * @param {import('./platform.js').Platform} [options.platform] by default, a page of the gateway
   */
  constructor({ market, onStatus, onWelcome = () => {}, onFeeds = () => {}, onTick = () => {}, platform = pagePlatform }) {
    this.#platform = platform;
    this.#market = market;
    this.#onStatus = onStatus;
    this.#onWelcome = onWelcome;
    this.#tokens = new TokenKeeper(platform);
    this.#retry = new Retry(platform, () => this.#open());
    this.#conversation = new Conversation({
      platform,
      market,
      tokens: this.#tokens,
      listener: {
        onWelcome: () => this.#welcome(),
        onComplaint: (words) => this.#say(words, this.#state),
        onStill: (words) => this.#say(words, 'still'),
        onMoved: () => this.#state === 'still' && this.#say('Prices come again.', 'live'),
        onEnd: (ending) => this.#end(ending),
        onFeeds,
        onTick,
      },
    });
  }

  /** The token to ask the API with; null if there is none. */
  get token() {
    return this.#tokens.token;
  }

  /** What follows candles on this connection (`CandleSeries`). */
  get candles() {
    return this.#conversation.candles;
  }

  /** The market that this connection keeps. */
  get market() {
    return this.#market;
  }

  /** The server's clock, as far as its messages tell it. */
  get clock() {
    return this.#conversation.traffic.clock;
  }

  /** @returns {import('./traffic.js').Gauges} how the messages come, now */
  get gauges() {
    return this.#conversation.traffic.read(this.#platform.now());
  }

  /**
   * Connects, and reconnects until it is stopped or refused.
   * @param {string} [key] by default the last one
   */
  start(key = this.#tokens.key) {
    if (key !== this.#tokens.key) {
      this.#conversation.reset();
      this.#tokens.key = key;
    }
    this.#retry.reset();
    this.#trouble = null;
    this.#words = '';
    void this.#open();
  }

  /** Disconnects and forgets the key. */
  stop() {
    this.#release();
    this.#tokens.key = '';
    this.#words = '';
    this.#publish('idle');
  }

  /** Retries now if it is waiting for the next attempt; otherwise checks the connection. */
  hurry() {
    if (this.#retry.mayHurry) {
      void this.#open();
    } else if (this.#isUp) {
      this.#conversation.probe();
    }
  }

  /**
   * Says how often prices are wanted, on this connection and later ones.
   * @param {number} ms the shortest time between two messages, in milliseconds, 0 to 60,000; 0 for every change
   */
  setCadence(ms) {
    this.#conversation.subscription.setCadence(ms);
  }

  /**
   * Gets prices of single exchanges beside those of the whole market, on this connection and later ones.
   * @param {string[]} symbols such as `coinbase:BTC-USD`, some hundred characters in all; those and no others
   */
  watchExchangeSymbols(symbols) {
    this.#conversation.subscription.watch(symbols);
    if (!this.#isUp) {
      this.#market.keepExchangeSymbols(symbols);
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
    const refusal = await this.#tokens.obtain(signal);
    if (signal.aborted) {
      return;
    }
    if (refusal !== null) {
      this.#end(endingOfRefusal(refusal));
      return;
    }
    openTickerSocket({
      platform: this.#platform,
      token: this.#tokens.token ?? '',
      cursor: this.#market.cursor,
      onMessage: (message, socket) => this.#conversation.receive(message, socket, signal),
      onEnd: (ending) => this.#end(ending),
      signal,
    });
  }

  #welcome() {
    this.#onWelcome();
    this.#retry.succeeded();
    const news = this.#newsOfWelcome();
    this.#trouble = null;
    this.#say(news, 'live');
  }

  #newsOfWelcome() {
    return this.#trouble === null ? '' : this.#trouble.after ?? (this.#market.publishedAt > 0 ? 'Connected again, and up to date.' : 'Connected.');
  }

  /** @param {import('./endings.js').Ending} ending */
  #end(ending) {
    this.#release();
    const isFinal = ending.next === 'refuse' || ending.next === 'stop';
    this.#words = this.#platform.isOnline() || isFinal ? ending.words : 'This device is offline.';
    if (ending.next === 'renew' || ending.next === 'refuse') {
      this.#tokens.forget();
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
    this.#publish('reconnecting', { retryAt: this.#platform.now() + wait, mayHurry: this.#retry.mayHurry });
  }

  /** Ends everything of the current attempt: requests, WebSocket, watch and timer. */
  #release() {
    this.#retry.cancel();
    this.#conversation.end();
    this.#scope.abort();
    this.#scope = new AbortController();
  }

  /**
   * @param {string} words
   * @param {State} state
   */
  #say(words, state) {
    this.#words = words;
    this.#publish(state);
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
