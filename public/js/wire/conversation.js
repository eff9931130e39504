import { CandleFollowers } from './candle-followers.js';
import { ASKED, GAP } from './endings.js';
import { delay } from './platform.js';
import { PriceWatch } from './price-watch.js';
import { requestReadiness } from './readiness.js';
import { Subscription } from './subscription.js';
import { Traffic } from './traffic.js';

/**
 * What the conversation tells its connection.
 * @typedef {object} Listener
 * @property {() => void} onWelcome a new connection has begun
 * @property {(words: string) => void} onComplaint the server says that something is wrong; the connection goes on
 * @property {(words: string) => void} onStill no new prices come; called each second
 * @property {() => void} onMoved a new price has come
 * @property {(ending: import('./endings.js').Ending) => void} onEnd the connection has to end
 * @property {(news: import('./feed.js').FeedNews) => void} onFeeds an exchange has come or gone
 * @property {(publishedAt: number) => void} onTick the market has applied a message; Unix milliseconds by the server's clock
 */

/**
 * Understands what the ticker says, and asks it for what is wanted. It lasts longer than one socket: what is wanted is kept.
 */
export class Conversation {
  /** What prices are wanted. */
  subscription;
  /** Who follows candles. */
  candles;
  /** How the messages come. */
  traffic = new Traffic();
  #platform;
  #market;
  #tokens;
  #listener;
  #socket = /** @type {import('./ticker-socket.js').TickerSocket | null} */ (null);
  #priceWatch = /** @type {PriceWatch | null} */ (null);
  /** When the newest price came; null if none has. */
  #lastPriceAt = /** @type {number | null} */ (null);
  /** The ticker's life that was last heard of; 0 for none. */
  #epoch = 0;

  /**
   * @param {object} options
   * @param {import('./platform.js').Platform} options.platform
   * @param {import('./market.js').Market} options.market
   * @param {import('./token-keeper.js').TokenKeeper} options.tokens
   * @param {Listener} options.listener
   */
  constructor({ platform, market, tokens, listener }) {
    this.#platform = platform;
    this.#market = market;
    this.#tokens = tokens;
    this.#listener = listener;
    const send = (/** @type {object} */ message) => this.#send(message);
    this.subscription = new Subscription(send);
    this.candles = new CandleFollowers(send);
  }

  /** Forgets the prices of another user. */
  reset() {
    this.#lastPriceAt = null;
    this.traffic.reset();
  }

  /** The connection has ended. */
  end() {
    this.#socket = null;
    this.#priceWatch = null;
    this.candles.end();
  }

  /** Checks at once whether the connection and the prices are alive. */
  probe() {
    this.#socket?.probe();
    this.#priceWatch?.look();
  }

  /**
   * @param {any} message
   * @param {import('./ticker-socket.js').TickerSocket} socket that it came from
   * @param {AbortSignal} signal ends with the socket
   */
  receive(message, socket, signal) {
    switch (message?.type) {
      case 'welcome':
        this.#welcome(message, socket, signal);
        break;
      case 'ticker':
        this.#tick(message);
        break;
      case 'status':
        this.#listener.onFeeds({ feeds: message.feeds ?? [], source: message.source ?? null });
        break;
      case 'subscribed':
        this.#acknowledged(message);
        break;
      case 'candles':
        this.candles.receive(message);
        break;
      case 'auth':
        this.#tokens.accepted();
        break;
      case 'reconnect':
        delay(this.#platform, () => this.#listener.onEnd(ASKED), Number(message.after_ms) || 0, signal);
        break;
      case 'error':
        this.#complain(message);
        break;
      default:
        // A pong only needs to be received. Unknown types, of later servers, are ignored.
        break;
    }
  }

  /**
   * @param {any} message
   * @param {import('./ticker-socket.js').TickerSocket} socket
   * @param {AbortSignal} signal
   */
  #welcome({ epoch }, socket, signal) {
    this.#socket = socket;
    this.#market.begin(epoch, this.subscription.symbols);
    this.traffic.begin();
    this.#priceWatch = new PriceWatch({
      platform: this.#platform,
      lastPriceAt: this.#lastPriceAt,
      ask: () => requestReadiness(this.#platform, signal),
      onStill: (words) => this.#listener.onStill(words),
      signal,
    });
    this.#listener.onWelcome();
    this.#tokens.renewWhile((token) => this.#send({ type: 'auth', token }), signal);
    this.subscription.begin();
    this.candles.begin();
    this.#follow(epoch);
  }

  /** @param {any} message */
  #tick(message) {
    const outcome = this.#market.apply(message);
    if (outcome === 'gap') {
      this.#market.forgetCursor();
      this.#listener.onEnd(GAP);
    }
    if (outcome === 'gap' || outcome === 'stale') {
      return;
    }
    const isNews = outcome === 'applied';
    const now = this.#platform.now();
    this.traffic.record(message, { isNews, wantsEveryChange: this.subscription.isEveryChange }, now);
    if (isNews) {
      this.#lastPriceAt = now;
      this.#priceWatch?.moved();
      this.#listener.onMoved();
    }
    this.#listener.onTick(Number(message.ts) / 1_000);
    this.#follow(message.epoch);
  }

  /** @param {number} epoch of the ticker, as it was just heard of */
  #follow(epoch) {
    const isAnother = this.#epoch !== 0 && this.#epoch !== epoch;
    this.#epoch = epoch;
    if (isAnother) {
      this.candles.epochChanged();
    }
  }

  /** @param {any} message */
  #acknowledged(message) {
    if (message.channel === 'candles') {
      this.candles.acknowledged();
    } else {
      this.subscription.acknowledged(message);
      this.#market.keepExchangeSymbols(message.symbols);
    }
  }

  /** @param {any} error */
  #complain(error) {
    if (!this.#tokens.takes(error) && !this.candles.takes(error) && !this.subscription.covers(error)) {
      this.#listener.onComplaint(`The server says: ${error.message ?? error.code}`);
    }
  }

  /** @param {object} message does nothing without a connection: what is wanted is said to the next one */
  #send(message) {
    this.#socket?.send(message);
  }
}
