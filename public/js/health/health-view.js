import { element, write } from '../dom/dom.js';
import { formatRate } from '../format/format.js';
import { formatAge } from '../wire/duration.js';
import { STILL_MS } from '../wire/price-watch.js';

const NAMES = { 0: 'Every change', 100: '10 a second', 1000: 'Once a second' };
const NOTHING = '–';

/**
 * What the strip shows. Ages are in milliseconds, and NaN or negative if there are none.
 * @typedef {object} Gauges
 * @property {import('./state.js').Shown} state
 * @property {string} origin where the prices come from; empty if it is not known
 * @property {number} ageP50 how old the newest price was at most, for half of the last seconds
 * @property {number} ageP99 the same, for 99 % of them
 * @property {number} perSecond messages
 * @property {number} conflated how many ticks were merged into the next one since the page connected
 * @property {number} symbols
 */

/**
 * The strip at the foot of the page: how the connection is, and how often prices come.
 */
export class HealthView {
  #root;
  #state = element('span', { class: 'state' }); // The notice tells what changes.
  #origin = element('span', { class: 'origin' });
  #cadence = element('select', { id: 'cadence' });
  /** @type {Record<'age' | 'late' | 'rate' | 'conflated' | 'symbols', HTMLElement>} */
  #figures;

  /**
   * @param {HTMLElement} root
   * @param {object} options
   * @param {import('./cadence.js').Choice} options.cadence the present choice
   * @param {(choice: import('./cadence.js').Choice) => void} options.onCadence
   */
  constructor(root, { cadence, onCadence }) {
    this.#root = root;
    const figure = () => element('dd', { text: NOTHING });
    this.#figures = { age: figure(), late: figure(), rate: figure(), conflated: figure(), symbols: figure() };
    this.#cadence.append(...Object.entries(NAMES).map(([value, text]) => element('option', { value, text, selected: Number(value) === cadence })));
    this.#cadence.addEventListener('change', () => onCadence(/** @type {import('./cadence.js').Choice} */ (Number(this.#cadence.value))));
    const { age, late, rate, conflated, symbols } = this.#figures;
    root.append(
      element('p', { class: 'line' }, [this.#state, ' ', this.#origin]),
      element('dl', {}, [
        row('Age', 'The newest price was not older than this for half of the last ten seconds', age),
        row('Age, p99', 'The newest price was not older than this for 99 % of the last ten seconds', late),
        row('Messages/s', 'Messages with prices in a second', rate),
        row('Merged ticks', 'Changes that came together with the next one, since this page connected', conflated),
        row('Symbols', 'Symbols that have a price', symbols),
      ]),
      element('p', { class: 'cadence' }, [element('label', { for: 'cadence', text: 'Updates' }), ' ', this.#cadence]),
    );
  }

  /**
   * Shows the state of now. Called a few times a second.
   * @param {Gauges} gauges
   */
  gauge({ state, origin, ageP50, ageP99, perSecond, conflated, symbols }) {
    const { age, late, rate, conflated: merged, symbols: count } = this.#figures;
    if (this.#root.dataset.tone !== state.tone) {
      this.#root.dataset.tone = state.tone;
    }
    write(this.#state, state.words);
    write(this.#origin, origin);
    write(age, formatAge(ageP50));
    write(late, formatAge(ageP99));
    age.classList.toggle('old', ageP50 >= STILL_MS);
    write(rate, symbols === 0 ? NOTHING : formatRate(perSecond));
    write(merged, symbols === 0 ? NOTHING : conflated.toLocaleString('en'));
    write(count, symbols === 0 ? NOTHING : symbols.toLocaleString('en'));
  }
}

/**
 * @param {string} name
 * @param {string} explanation
 * @param {HTMLElement} value
 */
function row(name, explanation, value) {
  return element('div', { title: explanation }, [element('dt', { text: name }), value]);
}
