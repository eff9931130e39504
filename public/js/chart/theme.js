/**
 * The colours of the chart, which is drawn by a script, as the style sheet has them.
 * @typedef {{ ground: string, ink: string, rule: string, up: string, down: string, line: string, volume: string, gap: string, font: string }} Theme
 */

/**
 * @param {Element} element that has the chart's style
 * @returns {Theme}
 */
export function themeOf(element) {
  const style = getComputedStyle(element);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: colour('ground'),
    ink: colour('ink-soft'),
    rule: colour('rule'),
    up: colour('up'),
    down: colour('down'),
    line: colour('accent'),
    volume: colour('chart-volume'),
    gap: colour('chart-gap'),
    font: style.fontFamily,
  };
}
