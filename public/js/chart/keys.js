const PAGE = 0.9;
const ZOOM = 1.25;

/** @typedef {import('./plot.js').Plot} Plot */
/** @typedef {import('./crosshair.js').Crosshair} Crosshair */

/** @type {Record<string, (crosshair: Crosshair, plot: Plot) => void>} */
const ACTIONS = {
  ArrowLeft: (crosshair) => crosshair.step(-1),
  ArrowRight: (crosshair) => crosshair.step(1),
  Escape: (crosshair) => crosshair.letGo(),
  PageUp: (_, plot) => plot.scroll(-PAGE),
  PageDown: (_, plot) => plot.scroll(PAGE),
  '+': (_, plot) => plot.zoom(1 / ZOOM),
  '=': (_, plot) => plot.zoom(1 / ZOOM),
  '-': (_, plot) => plot.zoom(ZOOM),
  '−': (_, plot) => plot.zoom(ZOOM),
  End: (crosshair, plot) => {
    crosshair.letGo();
    plot.reset();
  },
};

/** The keys of the chart, for those who can't see them: what the element is described by. */
export const KEY_WORDS = 'Arrow keys read one candle after the other, page keys move in time, plus and minus zoom, End shows the newest.';

/**
 * @param {HTMLElement} element that has the focus
 * @param {Crosshair} crosshair
 * @param {() => Plot | null} plot what is drawn, if it is there
 */
export function listenToKeys(element, crosshair, plot) {
  element.addEventListener('keydown', (event) => {
    const drawn = plot();
    const action = Object.hasOwn(ACTIONS, event.key) && !event.ctrlKey && !event.metaKey && !event.altKey ? ACTIONS[event.key] : undefined;
    if (drawn !== null && action !== undefined) {
      event.preventDefault();
      action(crosshair, drawn);
    }
  });
  element.addEventListener('blur', () => crosshair.letGo());
}
