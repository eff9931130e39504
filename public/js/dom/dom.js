/**
 * Making and changing elements.
 */

/**
 * Makes an element.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | boolean>} [attributes] `true` sets one without a value, `false` leaves it out; `text` is the content
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, children = []) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'text') {
      made.textContent = String(value);
    } else if (value !== false) {
      made.setAttribute(name, value === true ? '' : String(value));
    }
  }
  made.append(...children);
  return made;
}

/**
 * Sets the text only if it differs: that costs no layout, and a screen reader announces a live region whenever its text is set.
 * @param {Element | Text} target
 * @param {string} text
 */
export function write(target, text) {
  if (target.textContent !== text) {
    target.textContent = text;
  }
}
