import { CandleFollowers } from '../../js/wire/candle-followers.js';
import { CandleSeries } from '../../js/wire/candle-series.js';
import { FakeMarket } from './fake-market.js';
import { FakePlatform } from './fake-platform.js';

/**
 * A series over a fake market: requests and messages take as long as a test wants.
 */
export class SeriesFixture {
  platform = new FakePlatform();
  server = new FakeMarket();
  changes = [];
  isConnected = false;
  /** @type {{ query: any, page: any, resolve: (answer: any) => void }[]} answered by the server, and not arrived yet */
  answers = [];
  quotes = new Map();

  constructor() {
    this.tick(0);
    this.followers = new CandleFollowers((message) => this.isConnected && this.server.take(message));
    this.series = new CandleSeries({
      api: { candles: (query) => this.#read(query) },
      connection: { candles: this.followers, market: this.#market() },
      symbol: 'A',
      interval: '1m',
      platform: this.platform,
      onChange: (change) => this.changes.push(change),
    });
  }

  /** A new connection begins. */
  connect() {
    this.server.cut();
    this.isConnected = true;
    this.followers.begin();
  }

  /** The connection is lost, with all that was on its way. */
  disconnect() {
    this.server.cut();
    this.isConnected = false;
    this.followers.end();
  }

  /** The next message of the server arrives. */
  receive() {
    const message = this.server.wire.shift();
    if (message?.type === 'candles') {
      this.followers.receive(message);
    } else if (message?.type === 'error') {
      this.followers.takes(message);
    } else if (message !== undefined) {
      this.followers.acknowledged();
    }
  }

  /** The oldest answer of the API arrives. */
  async arrive() {
    const answer = this.answers.shift();
    answer?.resolve(answer.page);
    await this.platform.pass();
  }

  /** Everything that is on its way arrives, and so does what follows from it. */
  async settle() {
    for (let turn = 0; turn < 50; turn++) {
      await this.platform.pass(2_000);
      while (this.answers.length > 0) {
        await this.arrive();
      }
      this.server.flush();
      while (this.server.wire.length > 0) {
        this.receive();
      }
    }
  }

  /** Time passes for the server. */
  tick(seconds) {
    this.server.now += seconds;
    this.quotes.set('A', { timestamp: this.server.now });
  }

  #read(query) {
    const page = this.server.isAway
      ? { kind: 'unavailable', words: 'The server says: history unavailable.', afterMs: 0 }
      : { kind: 'ok', value: this.server.page(query) };
    return new Promise((resolve) => this.answers.push({ query, page, resolve }));
  }

  #market() {
    const { quotes } = this;
    return {
      quotes,
      get newestTimestamp() {
        return Math.max(-Infinity, ...[...quotes.values()].map(({ timestamp }) => timestamp));
      },
    };
  }
}
