/**
 * A group of radio buttons.
 * @template {string} T
 */
export class Choice {
  root = document.createElement('fieldset');
  /** @type {Map<string, HTMLInputElement>} */
  #inputs = new Map();

  /**
   * @param {object} options
   * @param {string} options.name of the group, of which there is one on the page
   * @param {string} options.label
   * @param {readonly { value: T, text: string, words: string }[]} options.choices what is shown and what is read aloud
   * @param {(value: T) => void} options.onChoose
   */
  constructor({ name, label, choices, onChoose }) {
    this.root.className = 'choice';
    const legend = document.createElement('legend');
    legend.textContent = label;
    this.root.append(legend);
    for (const { value, text, words } of choices) {
      const [box, input, shown] = [document.createElement('label'), document.createElement('input'), document.createElement('span')];
      Object.assign(input, { type: 'radio', name, value });
      input.setAttribute('aria-label', words);
      input.addEventListener('change', () => onChoose(value));
      shown.textContent = text;
      box.append(input, shown);
      this.root.append(box);
      this.#inputs.set(value, input);
    }
  }

  /** @param {T} value */
  show(value) {
    const input = this.#inputs.get(value);
    if (input !== undefined) {
      input.checked = true;
    }
  }
}
