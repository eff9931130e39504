import { element, write } from '../dom/dom.js';

/** How long it is said that all is well again. */
const NEWS_MS = 6_000;

/**
 * What is wrong with the connection, when the next attempt is, and a button to make it now.
 */
export class NoticeView {
  #root;
  #words = element('p', { class: 'words', role: 'status', 'aria-live': 'polite' });
  #countdown = element('p', { class: 'countdown', 'aria-hidden': 'true' });
  #retry = element('button', { type: 'button', class: 'quiet', hidden: true });
  #retryAt = /** @type {number | null} */ (null);
  #timer = 0;

  /**
   * @param {HTMLElement} root
   * @param {object} options
   * @param {() => void} options.onRetry called when the user does not want to wait
   */
  constructor(root, { onRetry }) {
    this.#root = root;
    this.#retry.addEventListener('click', onRetry);
    root.dataset.tone = 'none';
    root.append(element('div', {}, [this.#words, this.#countdown]), this.#retry);
  }

  /** @param {import('../wire/connection.js').Status} status */
  show({ state, words, retryAt, mayHurry }) {
    this.#retryAt = retryAt;
    this.#retry.hidden = !mayHurry && state !== 'stopped';
    write(this.#retry, state === 'stopped' ? 'Connect again' : 'Try now');
    this.#say(words, state === 'live' ? 'news' : 'trouble');
    this.count();
  }

  /**
   * Shows the time until the next attempt, if it is long. Called a few times a second.
   * @param {number} now milliseconds of the monotonic clock
   */
  count(now = performance.now()) {
    const left = this.#retryAt === null ? 0 : Math.ceil((this.#retryAt - now) / 1_000);
    write(this.#countdown, left > 1 ? `Trying again in ${left} s` : '');
  }

  /**
   * @param {string} words empty to say nothing
   * @param {'news' | 'trouble'} tone
   */
  #say(words, tone) {
    clearTimeout(this.#timer);
    this.#root.dataset.tone = words === '' ? 'none' : tone;
    // A screen reader should not repeat a message of which only the numbers change.
    this.#words.setAttribute('aria-live', withoutFigures(words) === withoutFigures(this.#words.textContent ?? '') ? 'off' : 'polite');
    write(this.#words, words);
    if (words !== '' && tone === 'news') {
      this.#timer = setTimeout(() => this.#say('', tone), NEWS_MS);
    }
  }
}

/** @param {string} text */
function withoutFigures(text) {
  return text.replace(/\d+/g, '');
}
