/** How far back the ages are looked at. */
const WINDOW_MS = 10_000;

/** How finely a quantile is determined. */
const SMALLEST_MS = 0.1;

/**
 * How old the newest price was over the last ten seconds, at any moment and not only when messages came: between two prices it
 * grows as fast as time. So a silence counts for as long as it lasts. Times are of the monotonic clock, in milliseconds.
 */
export class Ages {
  /** @type {{ at: number, age: number }[]} the prices that came, and their ages then */
  #prices = [];

  /**
   * A new price came.
   * @param {number} age of the price, in milliseconds
   * @param {number} now not less than before
   */
  record(age, now) {
    this.#prices.push({ at: now, age });
    if (now - this.#prices[0].at > 2 * WINDOW_MS) {
      this.#forget(now);
    }
  }

  /**
   * @param {number} share of the time, for example 0.99
   * @param {number} now
   * @returns {number} the milliseconds than which the newest price was not older for this share of the time; -1 if there was none
   */
  quantile(share, now) {
    this.#forget(now);
    if (this.#prices.length === 0) {
      return -1;
    }
    const spans = this.#spans(now);
    const all = spans.reduce((sum, { length }) => sum + length, 0);
    if (all === 0) {
      return spans[0].age;
    }
    let low = 0;
    let high = Math.max(...spans.map(({ age, length }) => age + length));
    while (high - low > SMALLEST_MS) {
      const middle = (low + high) / 2;
      const younger = spans.reduce((sum, { age, length }) => sum + Math.min(Math.max(middle - age, 0), length), 0);
      if (younger >= share * all) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /** Forgets all prices. */
  reset() {
    this.#prices = [];
  }

  /**
   * @param {number} now
   * @returns {{ age: number, length: number }[]} parts of the window: the age at the beginning of each, and its length
   */
  #spans(now) {
    return this.#prices.map(({ at, age }, index) => {
      const begin = Math.max(at, now - WINDOW_MS);
      const end = this.#prices[index + 1]?.at ?? now;
      return { age: age + begin - at, length: Math.max(0, end - begin) };
    });
  }

  /**
   * Forgets the prices that were replaced before the window.
   * @param {number} now
   */
  #forget(now) {
    const first = this.#prices.findIndex((_, index) => (this.#prices[index + 1]?.at ?? Infinity) > now - WINDOW_MS);
    if (first > 0) {
      this.#prices.splice(0, first);
    }
  }
}
