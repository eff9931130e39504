/**
 * A socket of which a test is the other end.
 */
export class FakeSocket extends EventTarget {
  /** @type {any[]} what the client sent */
  sent = [];
  isClosed = false;

  constructor(address, protocols) {
    super();
    this.address = address;
    this.protocols = protocols;
  }

  send(text) {
    this.sent.push(JSON.parse(text));
  }

  close() {
    this.isClosed = true;
  }

  /** The server accepts it. */
  open() {
    this.dispatchEvent(new Event('open'));
  }

  /**
   * The server accepts it and welcomes the client.
   * @param {number} [epoch]
   */
  welcome(epoch = 1) {
    this.open();
    this.say({ type: 'welcome', user_id: 'user:demo', connection_id: 'c', epoch, expires_at: 1_795_513_787 });
  }

  /** @param {object | string} message of the server */
  say(message) {
    this.dispatchEvent(Object.assign(new Event('message'), { data: typeof message === 'string' ? message : JSON.stringify(message) }));
  }

  /** Prices of the server. */
  tick(seq, previous, prices, { epoch = 1, ts = seq * 1_000_000, timestamp = seq } = {}) {
    const data = Object.entries(prices).map(([symbol, price]) => ({ symbol, price, timestamp }));
    this.say({ type: 'ticker', epoch, seq, prev_seq: previous, ts, data });
  }

  /** The server, or the network, ends it. */
  end(code = 1006, reason = '') {
    this.dispatchEvent(Object.assign(new Event('close'), { code, reason }));
  }

  /** What the client sent of a type. */
  sentOf(type) {
    return this.sent.filter((message) => message.type === type);
  }
}
