const BUCKET_MS = 250;
const BUCKETS = 12;

/**
 * Counts events per second over the last three seconds, in constant memory.
 */
export class RateMeter {
  #counts = new Uint32Array(BUCKETS);
  #newest = -1;
  #first = -1;

  /**
   * Counts one event.
   * @param {number} now milliseconds of a clock that never goes back
   */
  record(now) {
    this.#advance(now);
    this.#counts[this.#newest % BUCKETS]++;
  }

  /**
   * @param {number} now milliseconds, by the same clock
   * @returns {number} events per second
   */
  perSecond(now) {
    this.#advance(now);
    // Leaves out the bucket that is still filling and the time before the first event.
    const whole = Math.min(BUCKETS - 1, this.#newest - this.#first);
    let sum = 0;
    for (let back = 1; back <= whole; back++) {
      sum += this.#counts[(this.#newest - back) % BUCKETS];
    }
    return whole === 0 ? 0 : sum * 1_000 / (whole * BUCKET_MS);
  }

  /** Resets the count. */
  reset() {
    this.#counts.fill(0);
    this.#newest = this.#first = -1;
  }

  /** @param {number} now */
  #advance(now) {
    const bucket = Math.floor(now / BUCKET_MS);
    if (this.#newest < 0) {
      this.#newest = this.#first = bucket;
      return;
    }
    for (let next = Math.max(this.#newest + 1, bucket - BUCKETS + 1); next <= bucket; next++) {
      this.#counts[next % BUCKETS] = 0;
    }
    this.#newest = Math.max(this.#newest, bucket);
  }
}
