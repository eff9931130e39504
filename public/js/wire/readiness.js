import { ask } from './ask.js';

/** How many reasons, and how much of each, are shown. */
const MOST_REASONS = 3;
const LONGEST_REASON = 200;

/**
 * The state of the gateway, with its reasons as sentences.
 * @typedef {object} Readiness
 * @property {'Healthy' | 'Degraded' | 'Unhealthy'} state
 * @property {string[]} reasons
 */

/** @type {Record<string, number>} the HTTP status of each state */
const STATES = { Healthy: 200, Degraded: 200, Unhealthy: 503 };

/**
 * Asks the gateway for its state.
 * @param {import('./platform.js').Platform} platform
 * @param {AbortSignal} signal
 * @returns {Promise<Readiness | null>} null if it does not answer, or something else answers instead
 */
export async function requestReadiness(platform, signal) {
  const answer = await ask(platform, '/health/ready', {}, signal);
  return answer === null ? null : readReadiness(answer);
}

/**
 * @param {import('./ask.js').Answer} answer
 * @returns {Readiness | null}
 */
function readReadiness({ status, type, text }) {
  const [state, ...reasons] = text.split('\n').map((line) => line.trim());
  if (type !== 'text/plain' || !Object.hasOwn(STATES, state) || STATES[state] !== status) {
    return null;
  }
  return {
    state: /** @type {Readiness['state']} */ (state),
    reasons: reasons.filter((reason) => reason !== '').slice(0, MOST_REASONS).map((reason) => reason.slice(0, LONGEST_REASON)),
  };
}
