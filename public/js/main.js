import { AlertsView } from './alerts/alerts-view.js';
import { Notifier } from './alerts/notifier.js';
import { ChartView } from './chart/chart-view.js';
import { DetailView } from './detail/detail-view.js';
import { requestDemoKeyFile } from './entry/demo-key.js';
import { EntryView } from './entry/entry-view.js';
import { keptKey } from './entry/key.js';
import { Cadence } from './health/cadence.js';
import { HealthView } from './health/health-view.js';
import { NoticeView } from './health/notice-view.js';
import { stateOf } from './health/state.js';
import { Address, titleOf } from './market/address.js';
import { Alerts } from './market/alerts.js';
import { DayFigures } from './market/day-figures.js';
import { originLineOf } from './market/origin.js';
import * as preferences from './market/preferences.js';
import { quoteAge } from './market/quote-age.js';
import { Sparklines } from './market/sparklines.js';
import { Stars } from './market/stars.js';
import { ChosenSymbol } from './page/chosen-symbol.js';
import { Frames } from './page/frames.js';
import { WatchlistView } from './watchlist/watchlist-view.js';
import { Api } from './wire/api.js';
import { ask } from './wire/ask.js';
import { CandleSeries } from './wire/candle-series.js';
import { Connection } from './wire/connection.js';
import { Market } from './wire/market.js';
import { pagePlatform } from './wire/platform.js';

const GAUGE_EVERY_MS = 250;

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const { body } = document;

/** What the server last said about the connection and where prices come from. */
let status = /** @type {import('./wire/connection.js').Status} */ ({ state: 'idle', words: '', retryAt: null, mayHurry: false, refused: false });
let news = /** @type {import('./wire/feed.js').FeedNews} */ ({ feeds: [], source: null });
let demoKeyFile = /** @type {string | null} */ (null);

const market = new Market();
const connection = new Connection({
  market,
  onStatus: showStatus,
  onFeeds(latest) {
    news = latest;
    chosen.setExchanges(latest.feeds);
    showGauges();
  },
  onTick() {
    // Not in an animation frame: nobody may be looking.
    alertsView.check(performance.now());
    frames.request();
  },
});
const api = new Api({ token: () => connection.token });
const figures = new DayFigures({ api, onRefresh: () => watchlist.refresh() });
const sparklines = new Sparklines({ api, onReady: (symbol) => watchlist.showCourse(symbol) });
const stars = new Stars(preferences);
const alerts = new Alerts({ store: preferences });
const cadence = new Cadence({ document, connection, store: preferences });
const ageOf = (/** @type {import('./wire/market.js').Quote} */ quote) => quoteAge(quote, performance.now(), connection.clock);
const quoteOf = (/** @type {string} */ symbol) => market.quotes.get(symbol);
const address = new Address({ window, onPlace: (place) => chosen.goTo(place) });
const chosen = new ChosenSymbol({ market, connection, address, preferences, onChange: showChosen });

const entry = new EntryView(element('entry'), { onKey: connect });
const watchlist = new WatchlistView(element('watchlist'), {
  market, figures, sparklines, stars, onChoose: (symbol) => chosen.choose(symbol), ageOf,
});
const detail = new DetailView(element('detail'));
const chart = new ChartView(element('chart'), {
  makeSeries: (symbol, interval, onChange) => new CandleSeries({ api, connection, symbol, interval, onChange }),
  onInterval: (interval) => chosen.chooseInterval(interval),
  style: String(preferences.read('chart-style', 'candles')) === 'line' ? 'line' : 'candles',
  onStyle: (style) => preferences.write('chart-style', style),
});
const alertsView = new AlertsView(element('alerts'), {
  alerts, notifier: new Notifier(globalThis.Notification), quoteOf, onChoose: (symbol) => chosen.choose(symbol),
});
const health = new HealthView(element('health'), { cadence: cadence.choice, onCadence: (choice) => cadence.choose(choice) });
const notice = new NoticeView(element('notice'), { onRetry: retry });
const frames = new Frames(paint);

/** Paints what has changed, in an animation frame. */
function paint() {
  const isFirst = body.dataset.prices === undefined && market.quotes.size > 0;
  const changed = market.takeChanged();
  watchlist.paint(changed);
  if (chosen.quote !== null && changed.has(chosen.quote.symbol)) {
    detail.paintPrice(chosen.quote, figures);
  }
  if (isFirst) {
    body.dataset.prices = '';
    // What is loaded after the first prices must not keep them from the screen.
    setTimeout(() => {
      chosen.settle();
      figures.start();
    });
  }
}

/** Shows what changes with time. */
function showGauges() {
  const { symbols, stale } = market;
  const state = stateOf({ state: status.state, feeds: news.feeds, symbols, stale });
  const origin = originLineOf(news.source, news.feeds.length);
  document.title = titleOf(status.state === 'idle' ? null : chosen.quote, state.isLive || status.state === 'idle' ? '' : state.words);
  if (!document.hidden) {
    // The connection may be fine while no exchange is live.
    body.dataset.state = state.isLive ? state.tone : status.state === 'live' ? 'still' : status.state;
    notice.count();
    element('origin').textContent = origin;
    health.gauge({ ...connection.gauges, state, origin, symbols });
    chart.showStale(chosen.quote === null || (state.isLive && !chosen.quote.isStale) ? '' : state.isLive ? 'Out of date' : state.words);
    detail.paint({
      quote: chosen.quote ?? undefined, ...news, exchangeQuotes: chosen.exchangeQuotes, figures, ageOf,
      isLive: state.isLive,
    });
  }
}

/** @param {import('./wire/connection.js').Status} latest */
function showStatus(latest) {
  status = latest;
  if (latest.refused) {
    keptKey.clear();
    showEntry(latest.words);
  } else {
    if (latest.state === 'live' || latest.state === 'stopped') {
      showPrices();
    }
    notice.show(latest);
  }
  showGauges();
}

/**
 * @param {string | null} symbol
 * @param {string} interval
 */
function showChosen(symbol, interval) {
  showPane(chosen.isNamed ? 'symbol' : 'list');
  watchlist.choose(symbol);
  detail.show(symbol);
  alertsView.show(symbol);
  if (symbol !== null && body.dataset.prices !== undefined) {
    chart.show(symbol, interval);
  }
  showGauges();
}

/**
 * On a phone, one of them stands in place of the other, and takes the focus with it.
 * @param {'list' | 'symbol'} pane
 */
function showPane(pane) {
  const hadFocus = document.activeElement?.closest('main') instanceof HTMLElement;
  body.dataset.pane = pane;
  if (hadFocus && document.activeElement?.getClientRects().length === 0) {
    if (pane === 'symbol') {
      element('to-list').focus();
    } else {
      watchlist.focus();
    }
  }
}

function showPrices() {
  if (body.dataset.screen === 'entry') {
    entry.hide();
    body.dataset.screen = 'prices';
  }
}

/** @param {string} words what is wrong with the key; empty if nothing is */
function showEntry(words = '') {
  body.dataset.screen = 'entry';
  delete body.dataset.prices;
  element('forget').hidden = true;
  notice.show({ ...status, words: '' });
  figures.stop();
  sparklines.clear();
  market.clear();
  news = { feeds: [], source: null };
  chosen.forget();
  chart.clear();
  detail.show(null);
  frames.request();
  entry.show({ words, demoKeyFile });
}

/** @param {string} key */
function connect(key) {
  keptKey.write(key);
  element('forget').hidden = false;
  connection.start(key);
}

function retry() {
  if (status.state === 'stopped') {
    connection.start();
  } else {
    connection.hurry();
  }
}

async function tellDemoKey() {
  demoKeyFile = await requestDemoKeyFile((path) => ask(pagePlatform, path, {}, new AbortController().signal));
  entry.tell(demoKeyFile);
}

/** @param {unknown} error */
function failWith(error) {
  // Scripts that browser extensions inject may fail without harm to the page.
  if (error instanceof Error && String(error.stack).includes(`${location.origin}/js/`)) {
    connection.fail(error);
  }
}

addEventListener('error', ({ error }) => failWith(error));
addEventListener('unhandledrejection', ({ reason }) => failWith(reason));
addEventListener('online', () => connection.hurry());
addEventListener('pageshow', ({ persisted }) => persisted && connection.hurry());
addEventListener('storage', () => {
  alertsView.reload();
  stars.reload();
  watchlist.refresh();
});
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) {
    connection.hurry();
    frames.request();
  }
});
element('to-list').addEventListener('click', () => chosen.leave());
element('forget').addEventListener('click', () => {
  keptKey.clear();
  connection.stop();
  showEntry();
});
setInterval(showGauges, GAUGE_EVERY_MS);

const kept = keptKey.read();
if (kept === null) {
  entry.show({ words: '', demoKeyFile });
  void tellDemoKey();
} else {
  showPrices();
  connect(kept);
}
