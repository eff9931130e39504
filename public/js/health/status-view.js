import { formatRate } from '../format/format.js';
import { formatAge } from '../wire/duration.js';
import { STILL_MS } from '../wire/price-watch.js';

/** How long the message that all is well again is shown. */
const NEWS_MS = 6_000;

const WORDS = {
  idle: 'Not connected',
  connecting: 'Connecting',
  live: 'Live',
  still: 'No new price',
  reconnecting: 'Reconnecting',
  stopped: 'Stopped',
};

/**
 * Shows the state of the connection, what went wrong, and the gauges.
 */
export class StatusView {
  #elements;
  #timer = 0;
  #retryAt = /** @type {number | null} */ (null);

  /**
   * @param {Record<'body' | 'state' | 'bar' | 'notice' | 'countdown' | 'retry' | 'symbols' | 'rate' | 'age', HTMLElement>} elements
   */
  constructor(elements) {
    this.#elements = elements;
  }

  /** @param {import('../wire/connection.js').Status} status */
  show({ state, words, retryAt, mayHurry, refused }) {
    const { body, state: word, retry } = this.#elements;
    body.dataset.state = state;
    write(word, WORDS[state]);
    document.title = state === 'idle' ? 'OrleansTicker' : `${WORDS[state]} – OrleansTicker`;
    this.#retryAt = retryAt;
    retry.hidden = !mayHurry && state !== 'stopped';
    write(retry, state === 'stopped' ? 'Connect again' : 'Try now');
    this.say(words, state === 'live' ? 'news' : refused || state === 'stopped' ? 'wrong' : 'trouble');
    this.count();
  }

  /**
   * Shows a message.
   * @param {string} words empty to clear it
   * @param {'news' | 'trouble' | 'wrong'} tone
   */
  say(words, tone) {
    const { bar, notice } = this.#elements;
    clearTimeout(this.#timer);
    bar.dataset.tone = words === '' ? 'none' : tone;
    // A screen reader should not repeat a message of which only the numbers change.
    notice.setAttribute('aria-live', withoutFigures(words) === withoutFigures(notice.textContent ?? '') ? 'off' : 'polite');
    write(notice, words);
    if (words !== '' && tone === 'news') {
      this.#timer = setTimeout(() => this.say('', tone), NEWS_MS);
    }
  }

  /** Shows the time until the next attempt, if it is long. */
  count() {
    const left = this.#retryAt === null ? 0 : Math.ceil((this.#retryAt - performance.now()) / 1_000);
    write(this.#elements.countdown, left > 1 ? `Trying again in ${left} s` : '');
  }

  /**
   * @param {{ symbols: number, perSecond: number, ageMs: number }} gauges
   */
  gauge({ symbols, perSecond, ageMs }) {
    write(this.#elements.symbols, symbols === 0 ? '–' : String(symbols));
    write(this.#elements.rate, symbols === 0 ? '–' : formatRate(perSecond));
    write(this.#elements.age, formatAge(ageMs));
    this.#elements.age.classList.toggle('old', ageMs >= STILL_MS);
  }
}

/**
 * Sets the text only if it differs, because a screen reader announces a live region whenever its text is set.
 * @param {HTMLElement} element
 * @param {string} text
 */
function write(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

/** @param {string} text */
function withoutFigures(text) {
  return text.replace(/\d+/g, '');
}
