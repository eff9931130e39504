const NAME = 'orleansticker.api-key';

/**
 * Keeps the API key for as long as the tab is open. Without storage, it must be entered again after a reload.
 */
export const keptKey = {
  /** @returns {string | null} */
  read() {
    return attempt(() => sessionStorage.getItem(NAME));
  },

  /** @param {string} key */
  write(key) {
    attempt(() => sessionStorage.setItem(NAME, key));
  },

  clear() {
    attempt(() => sessionStorage.removeItem(NAME));
  },
};

/**
 * @template T
 * @param {() => T} access
 * @returns {T | null}
 */
function attempt(access) {
  try {
    return access();
  } catch (error) {
    // The browser keeps nothing for this page.
    if (!(error instanceof DOMException)) {
      throw error;
    }
    return null;
  }
}
