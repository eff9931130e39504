import { Connection } from '../../js/wire/connection.js';
import { Market } from '../../js/wire/market.js';
import { FakePlatform, json } from './fake-platform.js';

/** A connection over a fake network whose gateway issues tokens, and what it told. */
export function connectionOf({ lifetime = 3_600 } = {}) {
  const platform = new FakePlatform();
  let issued = 0;
  platform.answer = (request) => new URL(request.url).pathname === '/auth/token'
    ? json({ token: `token-${++issued}`, expires_in: lifetime })
    : json('Healthy', { type: 'text/plain' });
  const told = { statuses: [], ticks: [], feeds: [], welcomes: 0 };
  const market = new Market(platform.now);
  const connection = new Connection({
    market,
    platform,
    onStatus: (status) => told.statuses.push(status),
    onWelcome: () => told.welcomes++,
    onFeeds: (news) => told.feeds.push(news),
    onTick: (publishedAt) => told.ticks.push(publishedAt),
  });
  return { platform, market, connection, told, status: () => told.statuses[told.statuses.length - 1] };
}

/** The same, live. */
export async function liveConnectionOf(options) {
  const fixture = connectionOf(options);
  fixture.connection.start('otk_test');
  await fixture.platform.pass();
  fixture.platform.socket.welcome();
  return fixture;
}

/** How often a token was asked for. */
export function tokenRequests(platform) {
  return platform.requests.filter(({ url }) => url.endsWith('/auth/token')).length;
}
