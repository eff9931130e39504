using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery.Direct;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Tests.Gateway.Keys;
using OrleansTicker.Tests.Gateway.Market;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Delivery.Workers;

/// <summary>What happens to a worker and its other sessions when one session fails unexpectedly. Only the tests move the clock.</summary>
public sealed class FanoutWorkerTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(Ticks.Noon);
    private readonly Views _views = new();
    private readonly FakeMarketFeed _feed = new(("A", 1));
    private readonly LogRecorder _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly FanoutWorker _worker;

    public FanoutWorkerTests()
    {
        _loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        _worker = new FanoutWorker(0, _feed, new DirectTransport(), _time, TimeSpan.FromSeconds(30), _loggers.CreateLogger<FanoutWorker>());
        _worker.Start();
    }

    [Fact]
    public async Task A_session_that_fails_at_the_look_at_new_symbols_ends_and_the_others_go_on()
    {
        var failing = Open(onReview: _ => throw new InvalidOperationException("as the test says"));
        await MoveAsync(("A", 2), ("B", 2));

        await AssertOnlyOneEndedAsync(failing);
    }

    [Fact]
    public async Task A_session_that_fails_at_its_expiry_ends_and_the_others_go_on()
    {
        var failing = Open(TimeSpan.FromSeconds(10), onEnded: () => throw new InvalidOperationException("as the test says"));
        await RoundAsync();
        _time.Advance(TimeSpan.FromSeconds(11));
        await RoundAsync();

        await AssertOnlyOneEndedAsync(failing);
    }

    [Fact]
    public async Task A_session_that_fails_at_the_look_for_stalls_ends_and_the_others_go_on()
    {
        var failing = Open(room: 0, onEnded: () => throw new InvalidOperationException("as the test says"));
        await RoundAsync();
        _time.Advance(TimeSpan.FromSeconds(31));
        await RoundAsync();

        await AssertOnlyOneEndedAsync(failing);
    }

    [Fact]
    public async Task A_session_that_fails_when_it_is_added_ends_and_can_be_removed()
    {
        var old = _feed.Newest.Symbols;
        await MoveAsync(("A", 2), ("B", 2));
        var failing = Open(market: old, onReview: _ => throw new InvalidOperationException("as the test says"));
        await RoundAsync();

        await AssertOnlyOneEndedAsync(failing);
        await failing.Slot!.ReleaseAsync().WithinTimeoutAsync();
    }

    [Fact]
    public async Task A_session_that_fails_even_when_it_is_given_up_ends_no_worker()
    {
        var failing = Open(room: 0, onBroken: () => throw new InvalidOperationException("as the test says"));
        failing.Session.Abort();

        await RoundAsync();
        await failing.Slot!.ReleaseAsync().WithinTimeoutAsync();
    }

    [Fact]
    public async Task A_round_that_fails_is_followed_by_the_next()
    {
        Open();
        await RoundAsync();
        _feed.IsFailing = true;
        _worker.OnChanged();
        await Eventually.TrueAsync(() => _log.Text.Contains("A round of the fan-out failed", StringComparison.Ordinal), "a round that fails");
        _feed.IsFailing = false;

        await RoundAsync();
    }

    public void Dispose()
    {
        _worker.Dispose();
        _loggers.Dispose();
    }

    private TestSession Open(
        TimeSpan? lifetime = null,
        int room = int.MaxValue,
        ImmutableArray<string>? market = null,
        Action? onEnded = null,
        Action? onBroken = null,
        Action<ImmutableArray<string>>? onReview = null) =>
        new TestSession(new ScriptedSocket { Room = room }, market ?? _feed.Newest.Symbols, _time)
        {
            Symbols = ["A"],
            Worker = _worker,
            Views = _views,
            Lifetime = lifetime ?? TimeSpan.FromDays(1),
            OnEnded = onEnded,
            OnBroken = onBroken,
            OnReview = onReview,
        }.Start();

    private async Task MoveAsync(params (string Symbol, decimal Price)[] quotes)
    {
        _feed.Newest = Ticks.State(7, _feed.Newest.At.Seq + 1, [.. quotes.Select(quote => (quote.Symbol, quote.Price, 1L))]);
        _worker.OnChanged();
        await RoundAsync();
    }

    private async Task AssertOnlyOneEndedAsync(TestSession failing)
    {
        Assert.Contains("A session failed", _log.Text, StringComparison.Ordinal);
        var socket = new ScriptedSocket();
        var other = new TestSession(socket, _feed.Newest.Symbols, _time) { Id = "d", Symbols = ["A"], Worker = _worker, Views = _views }.Start();
        await RoundAsync();
        Assert.NotEmpty(socket.Taken);
        await other.Slot!.ReleaseAsync().WithinTimeoutAsync();
        Assert.True(failing.Slot!.Index >= 0);
    }

    private Task RoundAsync() => _worker.PassRoundsAsync(_time);
}
