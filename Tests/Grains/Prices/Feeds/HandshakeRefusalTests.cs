using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Feeds;

/// <summary>An exchange that answers the handshake with an HTTP status.</summary>
public sealed class HandshakeRefusalTests : FeedTest
{
    [Theory]
    [InlineData(429, "it answers 429: too many requests")]
    [InlineData(418, "it answers 418: too many requests")]
    [InlineData(403, "it answers 403: it does not let this client in")]
    [InlineData(451, "it answers 451: it does not serve this place")]
    [InlineData(503, "it answers 503: it is out of order")]
    public async Task A_status_is_told_in_words_and_once(int status, string words)
    {
        Exchange.RefuseWith = status;
        await Exchange.StartAsync();
        Feed.Start();
        for (var attempt = 1; attempt <= 3; attempt++)
        {
            var delay = await RetryDelayAsync();
            Assert.Equal(words, Feed.Situation);
            Time.Advance(delay);
        }

        Assert.Contains(words, Assert.Single(Logs.Of(Lost, LogLevel.Warning)), StringComparison.Ordinal);
        Assert.Equal(0, Report.Reconnects);
    }

    [Fact]
    public async Task An_exchange_that_says_when_to_come_back_is_left_alone_until_then()
    {
        Exchange.RefuseWith = 429;
        Exchange.RetryAfter = "120";
        await Exchange.StartAsync();
        Feed.Start();

        var delay = await RetryDelayAsync();
        Assert.Equal(TimeSpan.FromMinutes(2), delay);
        Exchange.RefuseWith = 0;
        Time.Advance(delay);

        Assert.Equal("subscribe btcusd,ethusd,solusd", (await Exchange.AcceptAsync()).FirstMessage);
        Assert.Equal(2, Exchange.Handshakes);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(451)]
    public async Task Where_it_is_not_served_the_longest_wait_is_kept_at_once(int status)
    {
        Exchange.RefuseWith = status;
        await Exchange.StartAsync();
        Feed.Start();

        Assert.Equal(Options.MaxRetryDelay, await RetryDelayAsync());
    }

    [Theory]
    [InlineData("Thu, 26 Nov 2026 12:00:30 GMT", "00:00:30")]
    [InlineData("Thu, 26 Nov 2026 11:00:00 GMT", "00:00:00")]
    [InlineData("999999999", "1.00:00:00")]
    [InlineData("soon", "00:00:00")]
    [InlineData(null, "00:00:00")]
    public void The_time_to_come_back_may_be_a_date_and_is_never_further_than_a_day(string? retryAfter, string wait)
    {
        var now = new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero);

        var end = HandshakeRefusal.Of(HttpStatusCode.ServiceUnavailable, retryAfter, TimeSpan.FromSeconds(30), now);

        Assert.Equal(TimeSpan.Parse(wait, CultureInfo.InvariantCulture), end.MinWait);
    }
}
