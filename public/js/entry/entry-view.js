import { element, write } from '../dom/dom.js';
import { keyIn } from './key-text.js';

/**
 * The form for the API key, and what it says about where to get one. Made by the script alone: a form that works without it could
 * send the key into an address.
 */
export class EntryView {
  #root;
  #onKey;
  #field = element('input', {
    id: 'api-key', type: 'password', placeholder: 'otk_…', required: true, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false',
    'aria-describedby': 'api-key-problem api-key-hint',
  });
  #problem = element('p', { id: 'api-key-problem', class: 'problem', role: 'alert' });
  #origin = element('p', { class: 'origin' });

  /**
   * @param {HTMLElement} root
   * @param {object} options
   * @param {(key: string) => void} options.onKey called with the key that was entered, without white space
   */
  constructor(root, { onKey }) {
    this.#root = root;
    this.#onKey = onKey;
    const form = element('form', { autocomplete: 'off', novalidate: true }, [
      element('h2', { text: 'Every price, as it changes' }),
      element('label', { for: 'api-key', text: 'API key' }),
      element('div', { class: 'field' }, [this.#field, element('button', { id: 'connect', type: 'submit', text: 'Connect' })]),
      this.#problem,
      element('p', { id: 'api-key-hint', class: 'hint', text: 'Kept in this tab only, and forgotten when you close it.' }),
      this.#origin,
    ]);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#submit();
    });
    this.#field.addEventListener('paste', (event) => this.#paste(event));
    root.append(form);
    this.show({ words: '', demoKeyFile: null });
  }

  /**
   * Shows the form, ready to type.
   * @param {object} what
   * @param {string} what.words what is wrong with the key that was entered; empty if nothing is known to be
   * @param {string | null} what.demoKeyFile where the demo key is; null if there is none
   */
  show({ words, demoKeyFile }) {
    this.#root.hidden = false;
    this.#complain(words);
    this.tell(demoKeyFile);
    this.#field.focus();
    this.#field.select();
  }

  /**
   * Says where a key comes from. The gateway may answer after the form is shown.
   * @param {string | null} demoKeyFile as for `show`
   */
  tell(demoKeyFile) {
    this.#origin.replaceChildren(...(demoKeyFile === null ? ['Keys are given out by whoever runs this server: ', code('keys create'), '.'] : [
      'This server runs for development: its log has a demo key, and so has the file ', code(demoKeyFile), '.',
    ]));
  }

  /** Hides the form, and forgets what was entered. */
  hide() {
    this.#field.value = '';
    this.#field.blur();
    this.#complain('');
    this.#root.hidden = true;
  }

  #submit() {
    const key = keyIn(this.#field.value);
    if (key === '') {
      this.#complain('Enter an API key.');
      this.#field.focus();
    } else {
      this.#complain('');
      this.#field.value = key;
      this.#onKey(key);
    }
  }

  /**
   * A field of one line makes its own of line ends. The text is taken before it does.
   * @param {ClipboardEvent} event
   */
  #paste(event) {
    const pasted = event.clipboardData?.getData('text') ?? '';
    const key = keyIn(pasted);
    if (key !== '' && key !== pasted) {
      event.preventDefault();
      this.#field.setRangeText(key, this.#field.selectionStart ?? 0, this.#field.selectionEnd ?? 0, 'end');
    }
  }

  /** @param {string} words */
  #complain(words) {
    this.#field.setAttribute('aria-invalid', String(words !== ''));
    write(this.#problem, words);
  }
}

/** @param {string} text */
function code(text) {
  return element('code', { text });
}
