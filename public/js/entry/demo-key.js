import { ask } from '../wire/ask.js';
import { parseJson } from '../wire/json.js';
import { pagePlatform } from '../wire/platform.js';

/**
 * Asks the gateway where the demo key is.
 * @param {AbortSignal} signal ends the request
 * @returns {Promise<string | null>} the path of its file, on the gateway's machine; null if it has none, or does not answer
 */
export async function requestDemoKeyFile(signal) {
  const answer = await ask(pagePlatform, '/entry.json', {}, signal);
  return answer === null ? null : readDemoKeyFile(answer);
}

/**
 * @param {import('../wire/ask.js').Answer} answer
 * @returns {string | null}
 */
export function readDemoKeyFile({ status, type, text }) {
  const file = status === 200 && type === 'application/json' ? parseJson(text)?.demo_key_file : undefined;
  return typeof file === 'string' && file !== '' ? file : null;
}
