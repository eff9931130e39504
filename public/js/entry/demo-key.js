import { parseJson } from '../wire/json.js';

/**
 * Asks the gateway where the demo key is.
 * @param {(path: string) => Promise<import('../wire/ask.js').Answer | null>} ask sends a request, as `ask` of the wire client does
 * @returns {Promise<string | null>} the path of its file, on the gateway's machine; null if it has none, or does not answer
 */
export async function requestDemoKeyFile(ask) {
  const answer = await ask('/entry.json');
  return answer === null ? null : readDemoKeyFile(answer);
}

/**
 * @param {import('../wire/ask.js').Answer} answer
 * @returns {string | null}
 */
function readDemoKeyFile({ status, type, text }) {
  // Whatever else answers in the gateway's place says nothing about its files.
  const file = status === 200 && type === 'application/json' ? parseJson(text)?.demo_key_file : undefined;
  return typeof file === 'string' && file !== '' ? file : null;
}
