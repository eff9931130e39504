/**
 * Hatches the times that were not watched. A primitive of the drawing library: it is asked to draw whenever the chart is drawn.
 *
 * @typedef {import('lightweight-charts').ISeriesPrimitive<import('lightweight-charts').Time>} SeriesPrimitive
 * @typedef {import('lightweight-charts').SeriesAttachedParameter<import('lightweight-charts').Time>} Attached
 * @typedef {Parameters<import('lightweight-charts').IPrimitivePaneRenderer['draw']>[0]} Target
 */

const WORDS = 'not recorded';
const FONT_SIZE = 11;
const STRIPES = 8;

/** @implements {SeriesPrimitive} */
export class GapShade {
  /** @type {readonly import('./timeline.js').Band[]} */
  #bands = [];
  #colour = '';
  #font = '';
  #ground = '';
  #ink = '';
  /** @type {Attached | null} */
  #chart = null;
  #views = [{ zOrder: () => /** @type {const} */ ('normal'), renderer: () => ({ draw: (/** @type {Target} */ target) => this.#draw(target) }) }];

  /**
   * @param {readonly import('./timeline.js').Band[]} bands
   */
  show(bands) {
    this.#bands = bands;
    this.#chart?.requestUpdate();
  }

  /** @param {import('./theme.js').Theme} theme */
  setTheme({ gap, font, ground, ink }) {
    this.#colour = gap;
    this.#ground = ground;
    this.#ink = ink;
    this.#font = `${FONT_SIZE}px ${font}`;
    this.#chart?.requestUpdate();
  }

  /** @param {Attached} chart */
  attached(chart) {
    this.#chart = chart;
  }

  detached() {
    this.#chart = null;
  }

  paneViews() {
    return this.#views;
  }

  /** @param {Target} target */
  #draw(target) {
    target.useMediaCoordinateSpace(({ context, mediaSize }) => {
      for (const [left, right] of this.#edges(mediaSize.width)) {
        context.save();
        context.beginPath();
        context.rect(left, 0, right - left, mediaSize.height);
        context.clip();
        this.#hatch(context, left, right, mediaSize.height);
        context.restore();
      }
    });
  }

  /**
   * @param {number} width
   * @returns {[number, number][]} the visible bands, in pixels
   */
  #edges(width) {
    const scale = this.#chart?.chart.timeScale();
    if (scale === undefined) {
      return [];
    }
    const half = scale.options().barSpacing / 2;
    return this.#bands.flatMap(({ from, to }) => {
      const left = scale.timeToCoordinate(/** @type {import('lightweight-charts').UTCTimestamp} */ (from));
      const right = scale.timeToCoordinate(/** @type {import('lightweight-charts').UTCTimestamp} */ (to));
      return left === null || right === null || right + half < 0 || left - half > width ? [] : [/** @type {[number, number]} */ ([Math.max(0, left - half), Math.min(width, right + half)])];
    });
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} left
   * @param {number} right
   * @param {number} height
   */
  #hatch(context, left, right, height) {
    context.strokeStyle = this.#colour;
    context.beginPath();
    for (let x = left - height; x < right; x += STRIPES) {
      context.moveTo(x, height);
      context.lineTo(x + height, 0);
    }
    context.stroke();
    context.font = this.#font;
    const [width, middle] = [context.measureText(WORDS).width + STRIPES, (left + right) / 2];
    if (right - left > width) {
      context.fillStyle = this.#ground;
      context.fillRect(middle - width / 2, height / 2 - FONT_SIZE, width, 2 * FONT_SIZE);
      context.fillStyle = this.#ink;
      context.textAlign = 'center';
      context.textBaseline = 'middle';
      context.fillText(WORDS, middle, height / 2);
    }
  }
}
