/**
 * `granted` and `denied`: the user has answered. `default`: the user has not been asked. `missing`: this browser shows no notifications
 * for this page.
 * @typedef {'granted' | 'denied' | 'default' | 'missing'} Permission
 */

/**
 * Shows notifications outside the page, if the browser can and the user has allowed it.
 */
export class Notifier {
  #api;

  /** @param {typeof Notification | undefined} api the browser's `Notification`; undefined where there is none */
  constructor(api) {
    this.#api = api;
  }

  /** @returns {Permission} */
  get permission() {
    return this.#api?.permission ?? 'missing';
  }

  /**
   * Asks the user. Only to be called when the user has clicked: browsers refuse pages that ask unbidden.
   * @returns {Promise<Permission>}
   */
  async ask() {
    await this.#api?.requestPermission();
    return this.permission;
  }

  /**
   * Shows a notification.
   * @param {string} words
   * @param {string} tag of several with the same tag, as other tabs may show, only one is seen
   * @param {() => void} onClick
   */
  tell(words, tag, onClick) {
    if (this.#api === undefined || this.permission !== 'granted') {
      return;
    }
    try {
      const shown = new this.#api('OrleansTicker', { body: words, tag: `orleansticker-${tag}`, icon: '/favicon.svg' });
      shown.addEventListener('click', () => {
        onClick();
        shown.close();
      });
    } catch (error) {
      // Browsers on Android have the constructor but let only service workers use it. The page itself has told it all the same.
      if (!(error instanceof TypeError)) {
        throw error;
      }
    }
  }
}
