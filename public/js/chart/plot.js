import { axisTextOf, timeOf } from './candle-words.js';
import { GapShade } from './gap-shade.js';

/**
 * @typedef {import('./library.js').Library} Library
 * @typedef {import('./timeline.js').Slot} Slot
 * @typedef {import('./series.js').Candle} Candle
 * @typedef {'candles' | 'line'} Style
 * @typedef {import('lightweight-charts').UTCTimestamp} Time
 * @typedef {import('lightweight-charts').ISeriesApi<'Candlestick' | 'Line'>} PriceSeries
 */

/** The part of the height, from above, that volume leaves to prices. */
const VOLUME_TOP = 0.82;

/** Prices with more decimals are told apart by the legend, not by the axis. */
const MOST_DECIMALS = 12;

/** Bars to the left of the view at which older ones are asked for. */
const EDGE = 30;

/** A point of a line has the colour of what leads from it. */
const TRANSPARENT = 'rgba(0, 0, 0, 0)';

/** The smallest number of bars to zoom in to. */
const FEWEST_BARS = 10;

/** Bars of free room at the right. */
const ROOM = 3;

/** What is drawn: the only place that talks to the drawing library. Its numbers are for drawing only; what is read comes from the candles' texts. */
export class Plot {
  #library;
  #chart;
  #prices;
  #volumes;
  #shade = new GapShade();
  /** @type {Set<number>} the times of what is drawn */
  #times = new Set();
  /** @type {Set<number>} the times that no line leads from */
  #beforeGaps = new Set();
  #newest = 0;
  #theme;
  #style;
  #seconds = 60;
  #decimals = 2;

  /**
   * @param {Library} library
   * @param {HTMLElement} element to draw in
   * @param {object} options
   * @param {import('./theme.js').Theme} options.theme
   * @param {Style} options.style
   * @param {(openTime: number | null, isByPointer: boolean) => void} options.onHover
   * @param {() => void} options.onEdge when the oldest bars come into view
   */
  constructor(library, element, { theme, style, onHover, onEdge }) {
    this.#library = library;
    this.#theme = theme;
    this.#style = style;
    this.#chart = library.createChart(element, {
      autoSize: true,
      // The logo brings a style element, which the page's policy does not let in. The link below the chart stands for it.
      layout: { attributionLogo: false },
      localization: { locale: 'en', timeFormatter: (/** @type {number} */ time) => `${timeOf(time, this.#seconds)} UTC` },
      timeScale: { rightOffset: ROOM, borderVisible: false },
      rightPriceScale: { borderVisible: false, scaleMargins: { top: 0.08, bottom: 1 - VOLUME_TOP + 0.04 } },
      handleScroll: { vertTouchDrag: false }, // A finger that moves up or down moves the page.
    });
    this.#volumes = this.#chart.addSeries(library.HistogramSeries, { priceScaleId: '', priceFormat: { type: 'volume' }, lastValueVisible: false, priceLineVisible: false });
    this.#volumes.priceScale().applyOptions({ scaleMargins: { top: VOLUME_TOP, bottom: 0 } });
    this.#volumes.attachPrimitive(this.#shade);
    this.#prices = this.#addPrices();
    this.setTheme(theme);
    this.#chart.subscribeCrosshairMove(({ time, sourceEvent }) => onHover(typeof time === 'number' ? time : null, sourceEvent !== undefined));
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange(() => {
      if (this.isAtEdge) {
        onEdge();
      }
    });
  }

  /** Whether the oldest bars are in view, or nearly. */
  get isAtEdge() {
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    return range !== null && range.from < EDGE;
  }

  /**
   * Draws prices in another way from the next `show` on.
   * @param {Style} style
   */
  setStyle(style) {
    this.#style = style;
    this.#chart.removeSeries(this.#prices);
    this.#prices = this.#addPrices();
  }

  /** @param {import('./theme.js').Theme} theme */
  setTheme(theme) {
    this.#theme = theme;
    const grid = { color: theme.rule };
    this.#chart.applyOptions({
      layout: { background: { type: this.#library.ColorType.Solid, color: theme.ground }, textColor: theme.ink, fontFamily: theme.font },
      grid: { vertLines: grid, horzLines: grid },
    });
    this.#volumes.applyOptions({ color: theme.volume });
    this.#prices.applyOptions(this.#look());
    this.#shade.setTheme(theme);
  }

  /**
   * Draws all candles anew. What is in view stays in view.
   * @param {{ slots: readonly Slot[], bands: readonly import('./timeline.js').Band[] }} timeline
   * @param {{ seconds: number, decimals: number }} scale the interval's seconds, the prices' decimals
   */
  show({ slots, bands }, { seconds, decimals }) {
    this.#times = new Set(slots.map(({ time }) => time));
    this.#beforeGaps = new Set(slots.filter((_, index) => slots[index + 1]?.candle === null).map(({ time }) => time));
    this.#newest = slots.at(-1)?.time ?? 0;
    this.#seconds = seconds;
    this.#decimals = Math.min(decimals, MOST_DECIMALS);
    this.#chart.applyOptions({ timeScale: { timeVisible: seconds < 86_400, secondsVisible: seconds < 60 } });
    this.#prices.applyOptions({ priceFormat: this.#priceFormat() });
    this.#prices.setData(slots.map((slot) => this.#barOf(slot)));
    this.#volumes.setData(slots.map(volumeOf));
    this.#shade.show(bands);
  }

  /**
   * Draws one candle: the running one as it is now, the next one, or an older one that has changed.
   * @param {Slot} slot
   * @returns {boolean} false if it lies between others and was not there: all have to be drawn anew
   */
  update(slot) {
    const isOlder = slot.time < this.#newest;
    if (isOlder && !this.#times.has(slot.time)) {
      return false;
    }
    this.#times.add(slot.time);
    this.#newest = Math.max(this.#newest, slot.time);
    this.#prices.update(this.#barOf(slot), isOlder);
    this.#volumes.update(volumeOf(slot), isOlder);
    return true;
  }

  /**
   * Moves in time.
   * @param {number} share of what is in view; negative to older times
   */
  scroll(share) {
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    if (range !== null) {
      const bars = (range.to - range.from) * share;
      this.#chart.timeScale().setVisibleLogicalRange({ from: range.from + bars, to: range.to + bars });
    }
  }

  /**
   * Shows more or less time; what is at the right stays there.
   * @param {number} factor more than 1 for more
   */
  zoom(factor) {
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    if (range !== null) {
      const bars = Math.max(FEWEST_BARS, (range.to - range.from) * factor);
      this.#chart.timeScale().setVisibleLogicalRange({ from: range.to - bars, to: range.to });
    }
  }

  /**
   * Moves to a bar, if it is out of view.
   * @param {number} time of the bar
   */
  reveal(time) {
    const scale = this.#chart.timeScale();
    const range = scale.getVisibleLogicalRange();
    const index = scale.timeToIndex(/** @type {Time} */ (time));
    const beyond = range === null || index === null ? 0 : Math.min(index - range.from, 0) + Math.max(index - range.to, 0);
    if (range !== null && beyond !== 0) {
      scale.setVisibleLogicalRange({ from: range.from + beyond, to: range.to + beyond });
    }
  }

  /**
   * Puts the crosshair on a bar.
   * @param {number} time of the bar
   * @param {number} price
   */
  point(time, price) {
    this.#chart.setCrosshairPosition(price, /** @type {Time} */ (time), this.#prices);
  }

  /** Takes the crosshair away. */
  pointAway() {
    this.#chart.clearCrosshairPosition();
  }

  /** Shows the newest bars, as wide as at first. */
  reset() {
    this.#chart.timeScale().resetTimeScale();
    this.#chart.priceScale('right').applyOptions({ autoScale: true });
  }

  destroy() {
    this.#chart.remove();
  }

  /** @returns {PriceSeries} */
  #addPrices() {
    const options = { ...this.#look(), priceFormat: this.#priceFormat() };
    return this.#style === 'line'
      ? this.#chart.addSeries(this.#library.LineSeries, options)
      : this.#chart.addSeries(this.#library.CandlestickSeries, options);
  }

  /** Bars that rise are hollow, so that colour is not all that tells them from those that fall. */
  #look() {
    const { ground, ink, up, down, line } = this.#theme;
    return this.#style === 'line'
      ? { color: line, lineWidth: /** @type {const} */ (2), priceLineColor: ink }
      : { priceLineColor: ink, upColor: ground, downColor: down, borderUpColor: up, borderDownColor: down, wickUpColor: up, wickDownColor: down };
  }

  /** @returns {import('lightweight-charts').PriceFormat} */
  #priceFormat() {
    const decimals = this.#decimals;
    return { type: 'custom', minMove: 10 ** -decimals, formatter: (/** @type {number} */ price) => axisTextOf(price, decimals) };
  }

  /**
   * @param {Slot} slot
   * @returns {any} what the series of either style takes
   */
  #barOf({ time, candle }) {
    return candle === null
      ? { time }
      : this.#style === 'line'
        ? { time, value: Number(candle.close), ...(this.#beforeGaps.has(time) ? { color: TRANSPARENT } : {}) }
        : { time, open: Number(candle.open), high: Number(candle.high), low: Number(candle.low), close: Number(candle.close) };
  }
}

/**
 * @param {Slot} slot
 */
function volumeOf({ time, candle }) {
  const at = /** @type {Time} */ (time);
  return candle === null ? { time: at } : { time: at, value: Number(candle.volume) };
}
