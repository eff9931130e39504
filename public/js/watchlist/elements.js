/**
 * Making and changing elements.
 */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/**
 * Writes a text if it is another one: writing the same one again costs a layout.
 * @param {Text} node
 * @param {string} text
 */
export function write(node, text) {
  if (node.data !== text) {
    node.data = text;
  }
}
