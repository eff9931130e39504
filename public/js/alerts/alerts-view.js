import { element, write } from '../dom/dom.js';
import { AlertForm } from './alert-form.js';
import { conditionOf, newsOf, stateOf } from './alert-text.js';

/** How long it is said that an alert has fired. It stays in the list. */
const NEWS_MS = 20_000;

/** @type {Record<import('./notifier.js').Permission, string>} */
const PERMISSIONS = {
  granted: 'Alerts are also shown as notifications while this page is open.',
  default: 'While another window is in front, alerts can be shown as notifications.',
  denied: 'This browser does not let this page show notifications: its settings for the site can allow them.',
  missing: 'This browser shows no notifications for this page. Alerts are told here.',
};

/**
 * The alerts: a form for new ones, the list, and the news of those that fire.
 */
export class AlertsView {
  #root;
  #alerts;
  #notifier;
  #quoteOf;
  #onChoose;
  #form;
  #news = element('p', { class: 'news', role: 'status', 'aria-live': 'polite' });
  #list = element('ul', { class: 'list', 'aria-label': 'Alerts' });
  #permission = element('p', { class: 'permission' });
  #ask = element('button', { type: 'button', class: 'quiet', text: 'Allow notifications' });
  #timer = 0;

  /**
   * @param {HTMLElement} root
   * @param {object} options
   * @param {import('../market/alerts.js').Alerts} options.alerts
   * @param {import('./notifier.js').Notifier} options.notifier
   * @param {(symbol: string) => import('../wire/market.js').Quote | undefined} options.quoteOf
   * @param {(symbol: string) => void} options.onChoose called when the user wants to see the symbol of an alert
   */
  constructor(root, { alerts, notifier, quoteOf, onChoose }) {
    this.#root = root;
    this.#alerts = alerts;
    this.#notifier = notifier;
    this.#quoteOf = quoteOf;
    this.#onChoose = onChoose;
    this.#form = new AlertForm({
      onAdd: (input) => {
        const problem = alerts.add(input, quoteOf(input.symbol));
        if (problem === '') {
          this.#begin();
        }
        return problem;
      },
    });
    this.#ask.addEventListener('click', async () => {
      await notifier.ask();
      this.#showPermission();
    });
    root.append(this.#news, this.#form.root, this.#list, element('div', { class: 'outside' }, [this.#permission, this.#ask]));
    this.#showList();
    this.#showPermission();
  }

  /** @param {string | null} symbol the chosen one */
  show(symbol) {
    this.#form.show(symbol);
  }

  /** Reads the alerts anew, because another tab has changed them. */
  reload() {
    this.#alerts.reload();
    this.#showList();
  }

  /**
   * Holds the newest prices against the alerts, and tells of those that fire. Cheap where there is none.
   * @param {number} now milliseconds of the monotonic clock
   */
  check(now) {
    const before = this.#alerts.list;
    const fired = [...new Set(before.map(({ symbol }) => symbol))].flatMap((symbol) => {
      const quote = this.#quoteOf(symbol);
      return quote === undefined ? [] : this.#alerts.check(quote, now);
    });
    if (this.#alerts.list !== before) {
      this.#showList();
    }
    if (fired.length > 0) {
      this.#tell(fired);
    }
  }

  /** Shows a new alert, and holds the present price against it: a move begins there. */
  #begin() {
    this.#showList();
    this.check(performance.now());
  }

  /** @param {import('../market/alert-rules.js').Alert[]} fired */
  #tell(fired) {
    clearTimeout(this.#timer);
    this.#root.classList.add('fired');
    write(this.#news, fired.map(newsOf).join(' '));
    this.#timer = setTimeout(() => {
      this.#root.classList.remove('fired');
      write(this.#news, '');
    }, NEWS_MS);
    for (const alert of fired) {
      this.#notifier.tell(newsOf(alert), alert.id, () => {
        window.focus();
        this.#onChoose(alert.symbol);
      });
    }
  }

  #showList() {
    const focused = this.#focusedAt();
    this.#list.hidden = this.#alerts.list.length === 0;
    this.#list.replaceChildren(...this.#alerts.list.map((alert) => this.#itemOf(alert)));
    if (focused >= 0) {
      const next = this.#list.children[Math.min(focused, this.#list.children.length - 1)];
      /** @type {HTMLElement | null | undefined} */ (next?.querySelector('.remove') ?? this.#root.querySelector('select'))?.focus();
    }
  }

  /** The item that has the keyboard, which goes on from there when the list is made anew; -1 if none has it. */
  #focusedAt() {
    return [...this.#list.children].findIndex((item) => item.contains(document.activeElement));
  }

  /** @param {import('../market/alert-rules.js').Alert} alert */
  #itemOf(alert) {
    const words = `${alert.symbol} ${conditionOf(alert)}`;
    const symbol = element('button', { type: 'button', class: 'symbol', text: alert.symbol });
    symbol.addEventListener('click', () => this.#onChoose(alert.symbol));
    const rearm = element('button', { type: 'button', class: 'quiet', text: 'Arm again', 'aria-label': `Arm again: ${words}`, hidden: alert.state !== 'fired' });
    rearm.addEventListener('click', () => {
      this.#alerts.rearm(alert.id, this.#quoteOf(alert.symbol));
      this.#begin();
    });
    const remove = element('button', { type: 'button', class: 'quiet remove', text: 'Remove', 'aria-label': `Remove: ${words}` });
    remove.addEventListener('click', () => {
      this.#alerts.remove(alert.id);
      this.#showList();
    });
    return element('li', { class: alert.state }, [
      symbol,
      element('span', { class: 'condition', text: conditionOf(alert) }),
      element('span', { class: 'state', text: stateOf(alert) }),
      rearm,
      remove,
    ]);
  }

  #showPermission() {
    const { permission } = this.#notifier;
    write(this.#permission, PERMISSIONS[permission]);
    this.#ask.hidden = permission !== 'default';
  }
}
