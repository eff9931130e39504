const NAME = 'orleansticker.api-key';

/**
 * The API key, kept for this tab and no longer. A browser that refuses storage costs a reload its comfort, nothing else.
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
  } catch {
    return null;
  }
}
