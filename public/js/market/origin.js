/**
 * Where the prices of the page come from, in words. Pure.
 */

/**
 * Where the prices come from, for a line of the page.
 * @param {string | null} source as the server's status names it; null if it does not say
 * @param {number} exchanges how many the prices come from; 0 if they do not come from several
 * @returns {string} for example `Simulated prices`; empty if nothing is known
 */
export function originLineOf(source, exchanges) {
  switch (source) {
    case null:
      return '';
    case 'simulated':
      return 'Simulated prices';
    case 'replay':
      return 'Replayed recordings';
    case 'exchanges':
      return `Prices of ${exchanges === 1 ? 'one exchange' : `${exchanges} exchanges`}`;
    default:
      return `Prices of ${source}`;
  }
}

/**
 * Where the prices come from, plainly.
 * @param {string | null} source as the server's status names it; null if it does not say
 * @returns {{ words: string, isReal: boolean }} `isReal`: whether they are prices of now at an exchange
 */
export function originOf(source) {
  switch (source) {
    case null:
      return { words: '', isReal: true };
    case 'simulated':
      return { words: 'These prices are simulated: this server makes them up. They are no market’s.', isReal: false };
    case 'replay':
      return { words: 'These prices are played from recordings. They are not those of now.', isReal: false };
    case 'exchanges':
      return { words: 'One price of several exchanges.', isReal: true };
    default:
      return { words: `The prices of one exchange, ${source}.`, isReal: true };
  }
}
