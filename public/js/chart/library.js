/** @typedef {typeof import('lightweight-charts')} Library */

const ADDRESS = '/lib/lightweight-charts.js';

let attempts = 0;

/**
 * Loads the library that draws. It is not part of the page: a gateway that was built without Node.js does not have it.
 * @returns {Promise<{ library: Library } | { words: string }>} the library, or why there is none
 */
export async function loadLibrary() {
  try {
    // A browser may remember that an address failed.
    return { library: await import(attempts++ === 0 ? ADDRESS : `${ADDRESS}?attempt=${attempts}`) };
  } catch (error) {
    // What a script that could not be fetched ends with. Others are errors in it.
    if (!(error instanceof TypeError)) {
      throw error;
    }
    return { words: await isMissing() ? 'No chart: this server was built without its drawing library, since Node.js was missing.' : 'The chart could not be loaded.' };
  }
}

async function isMissing() {
  try {
    return (await fetch(ADDRESS, { method: 'HEAD' })).status === 404;
  } catch (error) {
    // No network.
    if (!(error instanceof TypeError)) {
      throw error;
    }
    return false;
  }
}
