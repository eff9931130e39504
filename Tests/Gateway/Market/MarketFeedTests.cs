using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Ticks;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Market;

/// <summary>The gateway's market when ticks are lost, late, doubled or come from another ticker, over real reads of the ticker's queue.</summary>
public sealed class MarketFeedTests : IAsyncLifetime
{
    private const decimal Stray = 666;

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ScriptedSource _source = new();
    private readonly TamperedReads _reads = new();
    private readonly BlockingCollection<MarketState> _states = [];
    private GatewayHost _gateway = null!;
    private IMarketFeed _feed = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(builder =>
        {
            _source.Install(builder);
            _reads.Install(builder);
        });
        _gateway.Services.GetRequiredService<LocalTicks>().Clear();
        _feed = _gateway.Services.GetRequiredService<IMarketFeed>();
        _feed.Changed += () => _states.Add(_feed.Newest, CancellationToken.None);
        Say(1);
        WaitFor(1);
    }

    [Theory]
    [InlineData(-1, 1000)]
    [InlineData(0, -1)]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(0, 1000)]
    [InlineData(1, 1)]
    public void A_tick_that_does_not_follow_changes_nothing_that_the_ticker_does_not_say(long epochs, long ticks)
    {
        var at = _feed.Newest.At;

        _reads.Add(new Tick(at.Epoch + epochs, at.Seq + ticks, Noon, [new Quote("A", Stray, Noon)]));
        Say(2);

        Assert.Equal(new Cursor(at.Epoch, at.Seq + 1), WaitFor(2).At);
    }

    [Fact]
    public void A_lost_tick_is_made_up_for()
    {
        _reads.Losing = tick => tick.Quotes.Any(quote => quote.Price == 2);
        Say(2);

        WaitFor(2);
    }

    [Fact]
    public void While_no_tick_comes_the_ticker_is_asked_instead()
    {
        _reads.Losing = _ => true;
        Say(2);

        WaitFor(2);
    }

    [Fact]
    public void A_ticker_below_the_epoch_that_the_gateway_has_seen_goes_on_above_it()
    {
        _reads.Losing = tick => tick.Quotes.Any(quote => quote.Price == 2);
        _reads.Ahead = 3_600_000;
        Say(2);
        var seen = WaitFor(2).At;

        Say(3);
        Assert.True(WaitFor(3).At.Epoch > seen.Epoch);
        Say(4);

        WaitFor(4);
    }

    [Fact]
    public async Task An_exchange_that_goes_is_known_even_if_no_quote_changes()
    {
        var at = _feed.Newest.At;

        _reads.Add(new Tick(at.Epoch, at.Seq, Noon, []) { Feeds = Away("coinbase") });
        await KnownAsync(Away("coinbase"));

        Assert.Equal(at, _feed.Newest.At);
        _reads.Add(new Tick(at.Epoch, at.Seq - 1, Noon, []) { Feeds = Away("old") });
        _reads.Add(new Tick(at.Epoch - 1, at.Seq, Noon, []) { Feeds = Away("older") });
        _reads.Add(new Tick(at.Epoch, at.Seq + 1, Noon, [new Quote("A", 2, Noon)]));
        Assert.Equal(Away("coinbase"), WaitFor(2).Origin.Feeds);
    }

    [Fact]
    public async Task While_no_tick_comes_the_ticker_is_asked_for_its_exchanges_too()
    {
        _reads.Losing = _ => true;
        _reads.Feeds = Away("coinbase");

        await KnownAsync(Away("coinbase"));
    }

    [Fact]
    public async Task An_answer_that_a_tick_overtook_does_not_bring_an_exchange_back()
    {
        var answer = new TaskCompletionSource();
        var asked = _reads.HoldMarket(answer.Task);
        _reads.Losing = _ => true;
        await asked.WithinTimeoutAsync();
        var at = _feed.Newest.At;
        _reads.Add(new Tick(at.Epoch, at.Seq, Noon, []) { Feeds = Away("coinbase") });
        await KnownAsync(Away("coinbase"));

        _reads.Losing = _ => false;
        _ = _reads.HoldMarket(Task.CompletedTask);
        answer.SetResult();
        Say(2);
        WaitFor(2);

        Assert.Equal(Away("coinbase"), _feed.Newest.Origin.Feeds);
    }

    [Fact]
    public async Task A_ticker_with_long_turns_is_heard_between_them()
    {
        await using var gateway = await GatewayHost.StartAsync(_source.Install, ("Ticker:Interval", "00:01:00"));

        await ExpectBeatsAsync(gateway);
    }

    [Fact]
    public async Task A_ticker_whose_clock_is_stepped_back_is_heard_as_before()
    {
        var clock = new SteppedClock();
        await using var gateway = await GatewayHost.StartAsync(builder =>
        {
            _source.Install(builder);
            builder.Services.AddSingleton<TimeProvider>(clock);
        });

        clock.Step = TimeSpan.FromSeconds(-40);

        await ExpectBeatsAsync(gateway);
    }

    [Fact]
    public async Task A_read_that_hangs_is_given_up_and_holds_up_no_price()
    {
        _reads.Hang();
        await _reads.Hanging;
        Say(2);
        WaitFor(2);

        await _reads.Resumed.WaitAsync(TickerClient.Patience, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _states.Dispose();
    }

    private static async Task ExpectBeatsAsync(GatewayHost gateway)
    {
        var tape = new TickTape(gateway);
        for (var beat = 0; beat < 3; beat++)
        {
            Assert.Empty((await tape.TakeAsync(_ => true)).Quotes);
        }
    }

    private static ImmutableArray<FeedStatus> Away(string exchange) => [new FeedStatus(exchange, IsLive: false)];

    private Task KnownAsync(ImmutableArray<FeedStatus> feeds) =>
        Eventually.TrueAsync(() => _feed.Newest.Origin.Feeds.SequenceEqual(feeds), "the gateway knows the exchanges");

    private void Say(decimal price) => _source.Say(new Quote("A", price, Noon));

    /// <summary>Waits for the first state with this price; none before it may go back or hold the stray price.</summary>
    private MarketState WaitFor(decimal price)
    {
        var last = default(Cursor);
        while (_states.TryTake(out var state, TickerClient.Patience))
        {
            Assert.True(state.At.IsAfter(last) || !state.Origin.Feeds.IsEmpty);
            last = state.At;
            var shown = Assert.Single(state.Contents()).Price;
            Assert.NotEqual(Stray, shown);
            if (shown == price)
            {
                return state;
            }
        }

        throw new TimeoutException($"The price {price} did not come.");
    }

    /// <summary>The system's clock, whose wall time a test can step; spans stay right.</summary>
    private sealed class SteppedClock : TimeProvider
    {
        public TimeSpan Step { get; set; }

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Step;
    }
}
