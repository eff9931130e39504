import { element, write } from '../dom/dom.js';
import { LONGEST_MINUTES } from '../market/alert-rules.js';

const KINDS = [['above', 'is at or above'], ['below', 'is at or below'], ['percent', 'moves by']];
const DEFAULT_MINUTES = '10';

/**
 * The form for a new alert of the chosen symbol.
 */
export class AlertForm {
  #onAdd;
  #symbol = '';
  #name = element('span', { class: 'symbol' });
  #kind = element('select', { id: 'alert-kind', 'aria-label': 'What to wait for' },
    KINDS.map(([value, text]) => element('option', { value, text })));
  #value = element('input', {
    id: 'alert-value', type: 'text', inputmode: 'decimal', autocomplete: 'off', size: '10', 'aria-describedby': 'alert-problem',
  });
  #unit = element('span', { class: 'unit', 'aria-hidden': 'true' });
  #minutes = element('input', {
    id: 'alert-minutes', type: 'text', inputmode: 'numeric', autocomplete: 'off', size: '4', value: DEFAULT_MINUTES, 'aria-describedby': 'alert-problem',
    'aria-label': `Within how many minutes, 1 to ${LONGEST_MINUTES}`,
  });
  #within = element('span', { class: 'within', hidden: true }, ['within ', this.#minutes, ' min']);
  #problem = element('p', { id: 'alert-problem', class: 'problem', role: 'alert' });
  #add = element('button', { type: 'submit', text: 'Add alert' });

  /**
   * @param {object} options
   * @param {(input: import('../market/alert-rules.js').Input) => string} options.onAdd returns what is wrong; empty if it was added
   */
  constructor({ onAdd }) {
    this.#onAdd = onAdd;
    this.root = element('form', { class: 'add', novalidate: true }, [
      element('p', { class: 'sentence' }, [
        'Tell me when ', this.#name, ' ', this.#kind, ' ', this.#value, ' ', this.#unit, ' ', this.#within, ' ', this.#add,
      ]),
      this.#problem,
    ]);
    this.#kind.addEventListener('change', () => this.#showKind());
    this.root.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.show(null);
  }

  /**
   * Shows the symbol that an alert would be about.
   * @param {string | null} symbol null if none is chosen
   */
  show(symbol) {
    this.#symbol = symbol ?? '';
    write(this.#name, symbol ?? 'a symbol that you choose');
    this.#add.disabled = symbol === null;
    this.#showKind();
  }

  #showKind() {
    const isPercent = this.#kind.value === 'percent';
    const currency = this.#symbol.slice(this.#symbol.lastIndexOf('-') + 1);
    this.#within.hidden = !isPercent;
    write(this.#unit, isPercent ? '%' : currency);
    this.#value.setAttribute('aria-label', isPercent ? 'Percent' : `Price in ${currency}`);
  }

  #submit() {
    const problem = this.#onAdd({
      symbol: this.#symbol, kind: this.#kind.value, value: this.#value.value, minutes: this.#minutes.value,
    });
    write(this.#problem, problem);
    this.#value.setAttribute('aria-invalid', String(problem !== ''));
    if (problem === '') {
      this.#value.value = '';
    } else {
      this.#value.focus();
    }
  }
}
