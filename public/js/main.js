import { keptKey } from './entry/key.js';
import { RateMeter } from './health/rate.js';
import { StatusView } from './health/status-view.js';
import { FeedsView } from './sources/feeds-view.js';
import { QuotesView } from './watchlist/quotes-view.js';
import { ServerClock } from './wire/clock.js';
import { Connection } from './wire/connection.js';
import { Market } from './wire/market.js';

const GAUGE_EVERY_MS = 250;

const element = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const field = /** @type {HTMLInputElement} */ (element('api-key'));

const market = new Market();
const clock = new ServerClock();
const rate = new RateMeter();
const quotesView = new QuotesView(element('quotes'), /** @type {HTMLTemplateElement} */ (element('quote')));
const feedsView = new FeedsView(element('feeds'));
const statusView = new StatusView({
  body: document.body,
  state: element('state'),
  bar: element('notice-bar'),
  notice: element('notice'),
  countdown: element('countdown'),
  retry: element('retry'),
  symbols: element('symbols'),
  rate: element('rate'),
  age: element('age'),
});
const connection = new Connection({
  market,
  onStatus: showStatus,
  onWelcome: () => clock.renew(),
  onFeeds: (feeds) => feedsView.show(feeds),
  onTick(publishedAt) {
    rate.record(performance.now());
    clock.observe(publishedAt);
    requestPaint();
  },
});

let frame = 0;
let gaugeTurn = 0;

/** Messages change the market. An animation frame, while the page is visible, paints what has changed. */
function requestPaint() {
  if (frame === 0 && !document.hidden) {
    frame = requestAnimationFrame(() => {
      frame = 0;
      quotesView.paint(market.quotes, market.takeChanged());
      element('waiting').hidden = market.quotes.size > 0;
    });
  }
}

function showGauges() {
  if (!document.hidden) {
    statusView.count();
    statusView.gauge({
      symbols: market.quotes.size,
      perSecond: rate.perSecond(performance.now()),
      ageMs: clock.ageOf(market.publishedAt),
    });
  }
  if (document.body.dataset.state === 'live' && gaugeTurn++ % 2 === 0) {
    quotesView.trace(market.quotes);
  }
}

/** @param {import('./wire/connection.js').Status} status */
function showStatus(status) {
  if (status.refused) {
    keptKey.clear();
    showEntry();
  } else if (status.state === 'live' || status.state === 'stopped') {
    showScreen('prices');
  }
  field.setAttribute('aria-invalid', String(status.refused));
  statusView.show(status);
}

/** @param {'entry' | 'prices'} screen */
function showScreen(screen) {
  if (screen === 'prices' && document.body.dataset.screen === 'entry') {
    field.value = '';
    field.blur();
  }
  document.body.dataset.screen = screen;
}

function showEntry() {
  showScreen('entry');
  element('forget').hidden = true;
  market.clear();
  feedsView.show([]);
  rate.reset();
  requestPaint();
  field.focus();
  field.select();
}

/** @param {string} key */
function connect(key) {
  keptKey.write(key);
  element('forget').hidden = false;
  connection.start(key);
}

element('entry').addEventListener('submit', (event) => {
  event.preventDefault();
  const key = field.value.trim();
  if (key !== '') {
    connect(key);
  }
});

element('forget').addEventListener('click', () => {
  keptKey.clear();
  connection.stop();
  showEntry();
});

element('retry').addEventListener('click', () => {
  if (document.body.dataset.state === 'stopped') {
    connection.start();
  } else {
    connection.hurry();
  }
});

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
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) {
    connection.hurry();
    requestPaint();
  }
});
setInterval(showGauges, GAUGE_EVERY_MS);

const kept = keptKey.read();
if (kept !== null) {
  showScreen('prices');
  connect(kept);
} else {
  field.focus();
}
