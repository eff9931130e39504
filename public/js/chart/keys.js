const SCROLL = 0.1;
const PAGE = 0.9;
const ZOOM = 1.25;

/** @type {Record<string, (plot: import('./plot.js').Plot) => void>} */
const ACTIONS = {
  ArrowLeft: (plot) => plot.scroll(-SCROLL),
  ArrowRight: (plot) => plot.scroll(SCROLL),
  PageUp: (plot) => plot.scroll(-PAGE),
  PageDown: (plot) => plot.scroll(PAGE),
  '+': (plot) => plot.zoom(1 / ZOOM),
  '=': (plot) => plot.zoom(1 / ZOOM),
  '-': (plot) => plot.zoom(ZOOM),
  '−': (plot) => plot.zoom(ZOOM),
  End: (plot) => plot.reset(),
};

/** The keys of the chart, for those who can't see them: what the element is described by. */
export const KEY_WORDS = 'Arrow keys move in time, plus and minus zoom, End shows the newest.';

/**
 * @param {HTMLElement} element that has the focus
 * @param {() => import('./plot.js').Plot | null} plot the chart, if it is there
 */
export function listenToKeys(element, plot) {
  element.addEventListener('keydown', (event) => {
    const shown = plot();
    const action = Object.hasOwn(ACTIONS, event.key) && !event.ctrlKey && !event.metaKey && !event.altKey ? ACTIONS[event.key] : undefined;
    if (shown !== null && action !== undefined) {
      event.preventDefault();
      action(shown);
    }
  });
}
