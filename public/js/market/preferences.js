/**
 * What the page remembers between visits, as JSON in localStorage. The API key is never among it.
 */

const PREFIX = 'orleansticker.';

/**
 * The part of `Storage` that is used here.
 * @typedef {Pick<Storage, 'getItem' | 'setItem'>} Store
 */

/**
 * Keeps values in a store, and in memory where there is none, or where it refuses: its use may be forbidden or its space used up.
 */
export class Preferences {
  #store;
  /** @type {Map<string, string>} What the store did not take. */
  #memory = new Map();

  /** @param {Store | null} store null to keep everything in memory */
  constructor(store) {
    this.#store = store;
  }

  /**
   * @template T
   * @param {string} name
   * @param {T} fallback what to return if nothing readable was kept; the caller checks the shape of anything else
   * @returns {T}
   */
  read(name, fallback) {
    const text = this.#memory.get(name) ?? this.#fromStore(PREFIX + name);
    if (text === null) {
      return fallback;
    }
    try {
      return JSON.parse(text);
    } catch (error) {
      // Another program on this origin may have written it.
      if (error instanceof SyntaxError) {
        return fallback;
      }
      throw error;
    }
  }

  /**
   * @param {string} name
   * @param {unknown} value anything that JSON can hold
   */
  write(name, value) {
    const text = JSON.stringify(value);
    try {
      this.#store?.setItem(PREFIX + name, text);
    } catch (error) {
      onlyOfStore(error);
      this.#memory.set(name, text);
      return;
    }
    if (this.#store === null) {
      this.#memory.set(name, text);
    } else {
      this.#memory.delete(name);
    }
  }

  /** @param {string} key */
  #fromStore(key) {
    try {
      return this.#store?.getItem(key) ?? null;
    } catch (error) {
      onlyOfStore(error);
      return null;
    }
  }
}

/** The preferences of this browser. */
const kept = new Preferences(localStore());

/** @type {Preferences['read']} */
export const read = (name, fallback) => kept.read(name, fallback);

/** @type {Preferences['write']} */
export const write = (name, value) => kept.write(name, value);

/** @returns {Store | null} null where the browser forbids it, or under Node */
function localStore() {
  try {
    return globalThis.localStorage ?? null;
  } catch (error) {
    onlyOfStore(error);
    return null;
  }
}

/**
 * Throws errors of this program again. A store refuses with a DOMException.
 * @param {unknown} error
 */
function onlyOfStore(error) {
  if (!(error instanceof DOMException)) {
    throw error;
  }
}
