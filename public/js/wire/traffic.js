import { Ages } from './ages.js';
import { ServerClock } from './clock.js';
import { RateMeter } from './rate.js';

/**
 * What the messages of the ticker say about the way to here. Ages are milliseconds, -1 if there is no price.
 * @typedef {object} Gauges
 * @property {number} ageMs how old the newest price is
 * @property {number} ageP50 than which it was not older half of the last ten seconds
 * @property {number} ageP99 than which it was not older 99 % of them
 * @property {number} perSecond messages
 * @property {number} conflated ticks since the beginning that had no message of their own, although every change was asked for
 */

/**
 * Measures the messages of the ticker. The clock's offset is that of one connection; an age counts from the receipt of its price.
 */
export class Traffic {
  #clock = new ServerClock();
  #rate = new RateMeter();
  #ages = new Ages();
  #conflated = 0;
  /** When the newest price was published, by the monotonic clock; null if there is none. */
  #publishedAt = /** @type {number | null} */ (null);
  /** Whether the message before was of this connection, and of the same wish for every change. */
  #isComparable = false;

  /** The server's clock, as far as its messages tell it. */
  get clock() {
    return this.#clock;
  }

  /** A new connection begins. */
  begin() {
    this.#clock.renew();
    this.#isComparable = false;
  }

  /**
   * A message came.
   * @param {{ seq: number, prev_seq: number, ts: number | string }} message
   * @param {{ isNews: boolean, wantsEveryChange: boolean }} circumstances whether it brought a new price; whether no interval was asked for
   * @param {number} now by the monotonic clock
   */
  record(message, { isNews, wantsEveryChange }, now) {
    const publishedAt = Number(message.ts) / 1_000;
    this.#rate.record(now);
    this.#clock.observe(publishedAt, now);
    if (isNews) {
      const age = this.#clock.ageOf(publishedAt, now);
      this.#publishedAt = now - age;
      this.#ages.record(age, now);
    }
    if (wantsEveryChange && this.#isComparable && message.prev_seq !== 0) {
      this.#conflated += Math.max(0, message.seq - message.prev_seq - 1);
    }
    this.#isComparable = wantsEveryChange;
  }

  /**
   * @param {number} [now] by the monotonic clock
   * @returns {Gauges}
   */
  read(now = performance.now()) {
    return {
      ageMs: this.#publishedAt === null ? -1 : now - this.#publishedAt,
      ageP50: this.#ages.quantile(0.5, now),
      ageP99: this.#ages.quantile(0.99, now),
      perSecond: this.#rate.perSecond(now),
      conflated: this.#conflated,
    };
  }

  /** Begins at zero, for example because the key has changed. */
  reset() {
    this.#rate.reset();
    this.#ages.reset();
    this.#conflated = 0;
    this.#publishedAt = null;
  }
}
