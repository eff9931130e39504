/**
 * The candles of one symbol as the server has them, and the two ways to them: pages, and a channel on a connection. It keeps
 * the promises of docs/protocol.md and docs/api.md, and breaks off wherever a test wants.
 */
export class FakeMarket {
  /** The interval's length in seconds; candles are closed after a second more. */
  length = 60;
  now;
  epoch = 1;
  /** @type {Map<number, any>} as the server sends them, by open time */
  candles = new Map();
  gaps = [];
  /** Whether a page can be read now. */
  isAway = false;
  /** @type {{ followed: any, position: number, sent: Map<number, string> } | null} the subscription of the connection */
  subscription = null;
  /** @type {any[]} what is on its way to the client */
  wire = [];

  constructor(now = 1_795_510_140) {
    this.now = now;
  }

  /** Trades at a price, now. */
  trade(price) {
    const openTime = Math.floor(this.now / this.length) * this.length;
    const known = this.candles.get(openTime);
    this.candles.set(openTime, known === undefined
      ? { open_time: openTime, open: price, high: price, low: price, close: price, volume: '1.0', quote_volume: price, trades: 1 }
      : { ...known, close: price, trades: known.trades + 1 });
  }

  /** All candles in the order of time. */
  get all() {
    return [...this.candles.values()].sort((one, other) => one.open_time - other.open_time).map((candle) => this.#sent(candle));
  }

  /** What `/api/v1/candles` answers now. */
  page({ to = Infinity, limit = 500 }) {
    const before = this.all.filter(({ open_time: time }) => time < to);
    const first = before.at(-limit)?.open_time ?? -Infinity;
    const candles = before.filter(({ open_time: time }) => time >= first);
    return {
      candles: candles.map(asText),
      gaps: this.gaps.filter((gap) => gap.to > first && gap.from < to).map((gap) => ({ ...gap })),
      nextCursor: before.length > candles.length ? 'more' : null,
    };
  }

  /** What the client sent. */
  take(message) {
    if (message.type === 'unsubscribe') {
      this.subscription = null;
    } else if (message.from !== undefined && this.#finalBefore() - message.from > 1_001 * this.length) {
      this.wire.push({ type: 'error', code: 'from_too_early', message: 'Too early.', symbols: ['A'] });
    } else if (message.from !== undefined || this.subscription === null) {
      this.subscription = { position: message.from ?? this.#finalBefore(), sent: new Map() };
    }
    this.wire.push({ type: 'subscribed', channel: 'candles', symbols: ['A'], interval: '1m' });
  }

  /** The connection was lost, with all that was on its way. */
  cut() {
    this.subscription = null;
    this.wire = [];
  }

  /** Puts what is new on its way. */
  flush() {
    const { subscription } = this;
    if (subscription === null) {
      return;
    }
    const data = [];
    for (const candle of this.all.filter(({ open_time: time }) => time >= subscription.position)) {
      const text = JSON.stringify(candle);
      if (subscription.sent.get(candle.open_time) !== text) {
        subscription.sent.set(candle.open_time, text);
        data.push(candle);
      }
      if (candle.closed) {
        subscription.position = candle.open_time + this.length;
      }
    }
    if (data.length > 0) {
      this.wire.push({ type: 'candles', symbol: 'A', interval: '1m', data });
    }
  }

  #finalBefore() {
    return Math.floor((this.now - 1) / this.length) * this.length;
  }

  #sent(candle) {
    return { ...candle, closed: candle.open_time + this.length <= this.#finalBefore() };
  }
}

/** A candle of the server as the client has it. */
export function asText(candle) {
  return {
    openTime: candle.open_time, open: candle.open, high: candle.high, low: candle.low, close: candle.close, volume: candle.volume,
    quoteVolume: candle.quote_volume, trades: candle.trades, isClosed: candle.closed,
  };
}
