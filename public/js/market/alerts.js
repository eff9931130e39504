import { isReached, readInput, readKept } from './alert-rules.js';
import { MoveWindow } from './move-window.js';

const NAME = 'alerts';

/** More would be found by nobody in the list. */
const MOST_ALERTS = 100;

/** The two clocks never differ by as much, unless the device slept or its clock was set. */
const LARGEST_DRIFT_MS = 2_000;

/**
 * @typedef {import('./alert-rules.js').Alert} Alert
 * @typedef {import('./alert-rules.js').Input} Input
 */

/**
 * Alerts about prices. Each one fires once, and stays as fired until it is armed again or removed. They are kept, and shared by all
 * tabs of this browser: what another tab has changed or fired is read before anything is changed here.
 */
export class Alerts {
  #store;
  #wallClock;
  /** @type {Alert[]} */
  #list;
  /** @type {Map<string, MoveWindow>} by the ids of alerts */
  #windows = new Map();
  /** @type {Map<string, string>} the price that each alert was last held against */
  #seen = new Map();
  /** How far the wall clock is ahead of the monotonic one. */
  #aheadMs = NaN;

  /**
   * @param {object} options
   * @param {{ read(name: string, fallback: any): any, write(name: string, value: any): void }} options.store keeps them
   * @param {() => number} [options.wallClock] Unix milliseconds, to say when one fired
   */
  constructor({ store, wallClock = Date.now }) {
    this.#store = store;
    this.#wallClock = wallClock;
    this.#list = readKept(store.read(NAME, []));
  }

  /** @returns {readonly Alert[]} the newest first */
  get list() {
    return this.#list;
  }

  /** Reads what another tab has written. */
  reload() {
    this.#list = readKept(this.#store.read(NAME, []));
  }

  /**
   * Adds an alert.
   * @param {Input} input
   * @param {import('../wire/market.js').Quote} [quote] the symbol's price now
   * @returns {string} what is wrong with the input; empty if the alert was added
   */
  add(input, quote) {
    const checked = readInput(input);
    if (typeof checked === 'string') {
      return checked;
    }
    this.reload();
    if (this.#list.length >= MOST_ALERTS) {
      return `There are ${MOST_ALERTS} alerts already. Remove one first.`;
    }
    this.#list = [armed({ ...checked, id: newId(), state: 'armed', firing: null }, quote), ...this.#list];
    this.#save();
    return '';
  }

  /** @param {string} id */
  remove(id) {
    this.reload();
    this.#list = this.#list.filter((alert) => alert.id !== id);
    this.#forget(id);
    this.#save();
  }

  /**
   * Arms an alert again that has fired.
   * @param {string} id
   * @param {import('../wire/market.js').Quote} [quote] the symbol's price now
   */
  rearm(id, quote) {
    this.reload();
    this.#forget(id);
    this.#replace(id, (alert) => armed(alert, quote));
  }

  /**
   * Holds a price against the alerts of its symbol. A price that may be out of date fires none.
   * @param {import('../wire/market.js').Quote} quote
   * @param {number} now milliseconds of the monotonic clock
   * @returns {Alert[]} those that have just fired
   */
  check(quote, now) {
    this.#noticeSleep(now);
    if (quote.isStale) {
      return [];
    }
    const fired = [];
    for (const alert of this.#list) {
      if (alert.symbol === quote.symbol && alert.state !== 'fired' && this.#seen.get(alert.id) !== quote.price) {
        this.#seen.set(alert.id, quote.price);
        const after = this.#hold(alert, quote, now);
        if (after !== null) {
          fired.push(after);
        }
      }
    }
    return fired;
  }

  /**
   * @param {Alert} alert
   * @param {import('../wire/market.js').Quote} quote
   * @param {number} now
   * @returns {Alert | null} the alert if it has fired
   */
  #hold(alert, quote, now) {
    if (alert.kind === 'percent') {
      const move = this.#moveOf(alert, Number(quote.price), now);
      return Math.abs(move) >= Number(alert.value) ? this.#fire(alert.id, quote.price, move.toFixed(2)) : null;
    }
    const isNow = isReached(alert, quote.price);
    if (isNow && alert.state === 'armed') {
      return this.#fire(alert.id, quote.price, '');
    }
    if (!isNow && alert.state === 'waiting') {
      this.reload();
      this.#replace(alert.id, (waiting) => ({ ...waiting, state: 'armed' }));
    }
    return null;
  }

  /**
   * @param {Alert} alert
   * @param {number} price
   * @param {number} now
   * @returns {number} percent
   */
  #moveOf(alert, price, now) {
    if (!(price > 0)) {
      return 0;
    }
    let window = this.#windows.get(alert.id);
    if (window === undefined) {
      window = new MoveWindow(alert.minutes * 60_000);
      this.#windows.set(alert.id, window);
    }
    window.push(price, now);
    return window.move;
  }

  /**
   * @param {string} id
   * @param {string} price
   * @param {string} move
   * @returns {Alert | null} null if it has fired in another tab, or is gone
   */
  #fire(id, price, move) {
    this.reload();
    const alert = this.#list.find((kept) => kept.id === id);
    if (alert === undefined || alert.state === 'fired') {
      return null;
    }
    /** @type {Alert} */
    const fired = { ...alert, state: 'fired', firing: { at: this.#wallClock(), price, move } };
    this.#forget(id);
    this.#replace(id, () => fired);
    return fired;
  }

  /**
   * While the device slept, prices came and went unseen: what is left of before would be taken for a move of a moment.
   * @param {number} now
   */
  #noticeSleep(now) {
    const aheadMs = this.#wallClock() - now;
    if (Math.abs(aheadMs - this.#aheadMs) > LARGEST_DRIFT_MS) {
      this.#windows.clear();
      this.#seen.clear();
    }
    this.#aheadMs = aheadMs;
  }

  /**
   * @param {string} id
   * @param {(alert: Alert) => Alert} change
   */
  #replace(id, change) {
    this.#list = this.#list.map((alert) => (alert.id === id ? change(alert) : alert));
    this.#save();
  }

  /** @param {string} id */
  #forget(id) {
    this.#windows.delete(id);
    this.#seen.delete(id);
  }

  #save() {
    this.#store.write(NAME, this.#list);
  }
}

/**
 * @param {Alert} alert
 * @param {import('../wire/market.js').Quote | undefined} quote
 * @returns {Alert}
 */
function armed(alert, quote) {
  const isNow = alert.kind !== 'percent' && quote !== undefined && isReached(alert, quote.price);
  return { ...alert, state: isNow ? 'waiting' : 'armed', firing: null };
}

/** Unlike `crypto.randomUUID`, this works on pages without TLS too. */
function newId() {
  return crypto.getRandomValues(new Uint32Array(2)).join('-');
}
