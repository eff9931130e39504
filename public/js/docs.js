// For the page of the HTTP API's documentation, before its own script. This gateway's content policy lets nobody add styles but scripts that
// have the nonce of the page: what such a script adds gets the nonce too.
const { nonce } = /** @type {HTMLScriptElement} */ (document.currentScript);
const { createElement } = Document.prototype;

Document.prototype.createElement = function (/** @type {string} */ name, /** @type {ElementCreationOptions} */ options) {
  const element = createElement.call(this, name, options);
  if (element instanceof HTMLStyleElement) {
    element.nonce = nonce;
  }

  return element;
};

// Without this it tries whether the policy allows eval, which it does not.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
