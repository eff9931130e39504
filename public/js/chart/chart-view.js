import { decimalsIn, sentenceOf, summaryOf } from './candle-words.js';
import { Crosshair } from './crosshair.js';
import { Frame } from './frame.js';
import { intervalOf } from './intervals.js';
import { listenToKeys } from './keys.js';
import { loadLibrary } from './library.js';
import { Plot } from './plot.js';
import { themeOf } from './theme.js';
import { candleAt, isPartial, layOut } from './timeline.js';

/**
 * @typedef {import('./series.js').Series} Series
 * @typedef {import('./series.js').Change} Change
 * @typedef {import('./intervals.js').IntervalName} IntervalName
 * @typedef {import('./plot.js').Style} Style
 */

/** The candles of the chosen symbol. What draws them is loaded when there is a first symbol; without it there are still the newest values. */
export class ChartView {
  #root;
  #makeSeries;
  #load;
  #frame;
  /** @type {Style} */
  #style;
  /** @type {Plot | null} */
  #plot = null;
  /** @type {Series | null} */
  #series = null;
  #symbol = '';
  #interval = intervalOf('');
  #decimals = 0;
  /** The time of the newest candle that is drawn. */
  #drawnTo = 0;
  #crosshair = new Crosshair({
    plot: () => this.#plot,
    candles: () => this.#candles,
    onMove: () => this.#showLegend(),
    onRead: (candle) => this.#frame.said = sentenceOf(candle, this.#interval.seconds, this.#decimals),
  });
  #isFirst = true;
  #isLoadingOlder = false;
  #hasOlder = true;
  #isLoadingLibrary = false;
  #libraryWords = '';
  #seriesWords = '';
  #dark = matchMedia('(prefers-color-scheme: dark)');
  #onScheme = () => this.#plot?.setTheme(themeOf(this.#root));

  /**
   * @param {HTMLElement} root
   * @param {object} options
   * @param {(symbol: string, interval: IntervalName, onChange: (change: Change) => void) => Series} options.makeSeries not yet started
   * @param {(interval: IntervalName) => void} options.onInterval when another one was chosen; `show` follows
   * @param {Style} [options.style] how prices are drawn at first
   * @param {(style: Style) => void} [options.onStyle] when another way was chosen
   * @param {typeof loadLibrary} [options.load]
   */
  constructor(root, { makeSeries, onInterval, style = 'candles', onStyle, load = loadLibrary }) {
    this.#root = root;
    this.#makeSeries = makeSeries;
    this.#load = load;
    this.#style = style;
    this.#frame = new Frame(root, {
      onInterval,
      onStyle: (chosen) => {
        this.#style = chosen;
        this.#plot?.setStyle(chosen);
        this.#draw();
        onStyle?.(chosen);
      },
    });
    this.#frame.styles.show(style);
    listenToKeys(this.#frame.plot, this.#crosshair, () => this.#plot);
    this.#dark.addEventListener('change', this.#onScheme);
  }

  /**
   * Shows a symbol's candles, from the newest on. To be called after the first prices: with the first call it loads what draws.
   * @param {string} symbol
   * @param {string} interval one of those of `intervals.js`
   */
  show(symbol, interval) {
    const chosen = intervalOf(interval);
    if (symbol === this.#symbol && chosen === this.#interval && this.#series !== null) {
      return;
    }
    this.#series?.stop();
    this.#symbol = symbol;
    this.#interval = chosen;
    this.#crosshair.letGo();
    this.#isFirst = this.#hasOlder = true;
    this.#isLoadingOlder = false;
    this.#seriesWords = 'Loading candles…';
    this.#frame.title = symbol;
    this.#frame.intervals.show(chosen.name);
    this.#frame.legend.clear();
    this.#plot?.show({ slots: [], bands: [] }, { seconds: chosen.seconds, decimals: 0 });
    const series = this.#makeSeries(symbol, chosen.name, (change) => series === this.#series && this.#onChange(change));
    this.#series = series;
    this.#tell();
    series.start();
    void this.#loadPlot();
  }

  /** Shows nothing, until a symbol is shown again. */
  clear() {
    this.#series?.stop();
    this.#series = null;
    this.#symbol = '';
    this.#frame.title = '';
    this.#frame.legend.clear();
    this.#plot?.show({ slots: [], bands: [] }, { seconds: this.#interval.seconds, decimals: 0 });
  }

  /**
   * Says that the newest price is not the price of now.
   * @param {string} words why; empty if it is
   */
  showStale(words) {
    this.#frame.stale = words;
    this.#root.toggleAttribute('data-stale', words !== '');
  }

  /** Ends everything. The view can't be used again. */
  destroy() {
    this.#series?.stop();
    this.#series = null;
    this.#plot?.destroy();
    this.#plot = null;
    this.#dark.removeEventListener('change', this.#onScheme);
    this.#root.replaceChildren();
  }

  async #loadPlot() {
    if (this.#plot !== null || this.#isLoadingLibrary) {
      return;
    }
    this.#isLoadingLibrary = true;
    const loaded = await this.#load();
    this.#isLoadingLibrary = false;
    if (this.#series === null) {
      return; // Destroyed in the meantime.
    }
    this.#libraryWords = 'words' in loaded ? loaded.words : '';
    if ('library' in loaded) {
      this.#frame.showPlot();
      this.#plot = new Plot(loaded.library, this.#frame.plot, {
        theme: themeOf(this.#root),
        style: this.#style,
        onHover: (openTime, isByPointer) => this.#crosshair.hover(openTime, isByPointer),
        onEdge: () => void this.#loadOlder(),
      });
      this.#draw();
    }
    this.#tell();
  }

  /** @param {Change} change */
  #onChange(change) {
    if (change.kind === 'trouble') {
      this.#seriesWords = change.words ?? '';
    } else {
      this.#seriesWords = this.#candles.length === 0 ? 'No candles of this interval yet.' : '';
      if (change.kind !== 'newest' || !this.#drawNewest(change.candle)) {
        this.#hasOlder ||= change.kind === 'reset';
        this.#draw();
      }
    }
    this.#tell();
  }

  /** Draws all of it. */
  #draw() {
    this.#decimals = decimalsIn(this.#candles);
    this.#drawnTo = this.#candles.at(-1)?.openTime ?? 0;
    const { seconds } = this.#interval;
    this.#plot?.show(layOut(this.#candles, this.#series?.gaps ?? [], seconds), { seconds, decimals: this.#decimals });
    if (this.#isFirst && this.#plot !== null && this.#candles.length > 0) {
      this.#isFirst = false;
      this.#plot.reset();
    }
    this.#crosshair.redraw();
    this.#showLegend();
  }

  /**
   * @param {import('./series.js').Candle} candle
   * @returns {boolean} whether it could be drawn beside what is there
   */
  #drawNewest(candle) {
    const { seconds } = this.#interval;
    const followsGap = candle.openTime > this.#drawnTo && (this.#series?.gaps ?? []).some(({ to }) => to > this.#drawnTo + seconds);
    if (followsGap || decimalsIn([candle]) > this.#decimals || this.#plot?.update({ time: candle.openTime, candle }) === false) {
      return false;
    }
    this.#drawnTo = Math.max(this.#drawnTo, candle.openTime);
    this.#crosshair.redraw();
    this.#showLegend();
    return true;
  }

  async #loadOlder() {
    const series = this.#series;
    if (series === null || this.#isLoadingOlder || !this.#hasOlder || this.#candles.length === 0) {
      return;
    }
    this.#isLoadingOlder = true;
    const count = this.#candles.length;
    const hasOlder = await series.loadOlder();
    if (series === this.#series) {
      this.#isLoadingOlder = false;
      this.#hasOlder = hasOlder;
      if (this.#plot?.isAtEdge === true && this.#candles.length > count) {
        void this.#loadOlder(); // Not enough to fill the view.
      }
    }
  }

  #showLegend() {
    const newest = this.#candles.at(-1);
    const { openTime } = this.#crosshair;
    const candle = openTime === null ? newest : candleAt(this.#candles, openTime) ?? newest;
    const { seconds } = this.#interval;
    if (candle === undefined) {
      this.#frame.legend.clear();
    } else {
      this.#frame.legend.show(candle, { seconds, decimals: this.#decimals, isPartial: isPartial(candle, this.#series?.gaps ?? [], seconds) });
    }
    this.#frame.summary = summaryOf({ symbol: this.#symbol, interval: this.#interval, candle: newest, decimals: this.#decimals });
  }

  #tell() {
    this.#frame.words = [this.#libraryWords, this.#seriesWords].filter((words) => words !== '').join(' ');
  }

  get #candles() {
    return this.#series?.candles ?? [];
  }
}
