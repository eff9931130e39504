import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import globals from 'globals';

// Code with no more than these runs in browsers and in Node, without a window. Some of the shared names are those of a window, or newer than
// the browsers that the page is for.
const { navigator, localStorage, sessionStorage, Temporal, URLPattern, ...shared } = globals['shared-node-browser'];

export default defineConfig(
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'eqeqeq': 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-unused-vars': ['error', { caughtErrors: 'all', ignoreRestSiblings: true }],
      'max-lines': ['error', 250],
      'no-restricted-properties': [
        'error',
        ...['innerHTML', 'outerHTML', 'insertAdjacentHTML'].map((property) => ({ property, message: 'Build elements; text is not markup.' })),
        { object: 'AbortSignal', property: 'any', message: 'Safari has it since 17.4 only.' },
        { object: 'Array', property: 'fromAsync', message: 'Chromium has it since 121 only.' },
      ],
    },
  },
  { files: ['js/**'], languageOptions: { globals: globals.browser } },
  { files: ['js/docs.js'], languageOptions: { sourceType: 'script' } },
  { files: ['js/wire/**', 'js/format/**'], languageOptions: { globals: { ...off(globals.browser), ...shared } } },
  { files: ['tests/**'], languageOptions: { globals: globals.node }, rules: { 'max-lines': 'off' } },
);

/** @param {Record<string, boolean>} names */
function off(names) {
  return Object.fromEntries(Object.keys(names).map((name) => [name, 'off']));
}
