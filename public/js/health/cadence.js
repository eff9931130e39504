const NAME = 'cadence';

/** How often prices may come while nobody looks. */
const HIDDEN_MS = 1_000;

/**
 * The time between two messages of prices, at least: 0 for every change.
 * @typedef {0 | 100 | 1000} Choice
 */

/** @type {readonly Choice[]} */
export const CHOICES = [0, 100, 1_000];

/**
 * How often prices come: as the user has chosen, and no more than once a second while the page is in the background.
 */
export class Cadence {
  #document;
  #connection;
  #store;
  /** @type {Choice} */
  #choice;

  /**
   * @param {object} options
   * @param {Pick<Document, 'hidden' | 'addEventListener'>} options.document
   * @param {{ setCadence(ms: Choice): void }} options.connection
   * @param {{ read(name: string, fallback: any): any, write(name: string, value: any): void }} options.store
   */
  constructor({ document, connection, store }) {
    this.#document = document;
    this.#connection = connection;
    this.#store = store;
    const kept = store.read(NAME, 0);
    this.#choice = CHOICES.includes(kept) ? kept : 0;
    document.addEventListener('visibilitychange', () => this.#apply());
    this.#apply();
  }

  /** @returns {Choice} */
  get choice() {
    return this.#choice;
  }

  /** @param {Choice} choice */
  choose(choice) {
    this.#choice = choice;
    this.#store.write(NAME, choice);
    this.#apply();
  }

  #apply() {
    this.#connection.setCadence(this.#document.hidden ? HIDDEN_MS : this.#choice);
  }
}
