import { ask } from './ask.js';

/** So many reasons, and so much of each, fit the page. */
const MOST_REASONS = 3;
const LONGEST_REASON = 200;

/**
 * How the gateway says that it is, with its reasons in sentences.
 * @typedef {object} Readiness
 * @property {'Healthy' | 'Degraded' | 'Unhealthy'} state
 * @property {string[]} reasons
 */

/** @type {Record<string, number>} the status that comes with each state */
const STATES = { Healthy: 200, Degraded: 200, Unhealthy: 503 };

/**
 * Asks the gateway how it is.
 * @param {AbortSignal} signal
 * @returns {Promise<Readiness | null>} null where it does not say, or something else answers in its place
 */
export async function requestReadiness(signal) {
  const answer = await ask('/health/ready', {}, signal);
  return answer === null ? null : readReadiness(answer);
}

/**
 * @param {import('./ask.js').Answer} answer
 * @returns {Readiness | null}
 */
export function readReadiness({ status, type, text }) {
  const [state, ...reasons] = text.split('\n').map((line) => line.trim());
  if (type !== 'text/plain' || !Object.hasOwn(STATES, state) || STATES[state] !== status) {
    return null;
  }
  return {
    state: /** @type {Readiness['state']} */ (state),
    reasons: reasons.filter((reason) => reason !== '').slice(0, MOST_REASONS).map((reason) => reason.slice(0, LONGEST_REASON)),
  };
}
