using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Streaming;
using OrleansTicker.Tests.Hosting;
using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansTicker.Tests.Gateway.Market;

/// <summary>The gateway's market against ticks that are lost, late, doubled or another ticker's, over the real stream.</summary>
public sealed class MarketFeedTests : IAsyncLifetime
{
    private const decimal Stray = 666;

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ScriptedSource _source = new();
    private readonly LossyQueue _queue = new();
    private readonly BlockingCollection<MarketState> _states = [];
    private GatewayHost _gateway = null!;
    private IMarketFeed _feed = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(builder =>
        {
            _source.Install(builder);
            _queue.Install(builder);
        });
        _gateway.Services.GetRequiredService<LocalTickQueues>().Clear();
        _feed = _gateway.Services.GetRequiredService<IMarketFeed>();
        _feed.Changed += () => _states.Add(_feed.Newest, CancellationToken.None);
        Say(1);
        Await(1);
    }

    [Theory]
    [InlineData(-1, 1000)]
    [InlineData(0, -1)]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(0, 1000)]
    [InlineData(1, 1)]
    public async Task A_tick_that_does_not_follow_changes_nothing_that_the_ticker_does_not_say(long epochs, long ticks)
    {
        var at = _feed.Newest.At;

        await PublishAsync(new Tick(at.Epoch + epochs, at.Seq + ticks, Noon, [new Quote("A", Stray, Noon)]));
        Say(2);

        Assert.Equal(new Cursor(at.Epoch, at.Seq + 1), Await(2).At);
    }

    [Fact]
    public void A_lost_tick_is_made_up_for()
    {
        _queue.Losing = tick => tick.Quotes.Any(quote => quote.Price == 2);
        Say(2);

        Await(2);
    }

    [Fact]
    public void A_stream_that_falls_silent_is_left_for_the_ticker_itself()
    {
        _queue.Losing = _ => true;
        Say(2);

        Await(2);
    }

    [Fact]
    public async Task A_ticker_with_long_turns_is_heard_between_them()
    {
        await using var gateway = await GatewayHost.StartAsync(_source.Install, ("Ticker:Interval", "00:01:00"));
        var ticks = new BlockingCollection<Tick>();
        await gateway.Services.GetRequiredService<IClusterClient>().GetStreamProvider(TickStream.Provider)
            .GetStream<Tick>(StreamId.Create(TickStream.Namespace, ITickerGrain.Key))
            .SubscribeAsync((tick, _) =>
            {
                ticks.Add(tick);
                return Task.CompletedTask;
            });

        for (var beat = 0; beat < 3; beat++)
        {
            Assert.True(ticks.TryTake(out var tick, TickerClient.Patience));
            Assert.Empty(tick.Quotes);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _states.Dispose();
    }

    private void Say(decimal price) => _source.Say(new Quote("A", price, Noon));

    private Task PublishAsync(Tick tick) => _gateway.Services.GetRequiredService<IClusterClient>()
        .GetStreamProvider(TickStream.Provider)
        .GetStream<Tick>(StreamId.Create(TickStream.Namespace, ITickerGrain.Key))
        .OnNextAsync(tick);

    /// <summary>The first state with this price; none before it may go back or hold the stray price.</summary>
    private MarketState Await(decimal price)
    {
        var last = default(Cursor);
        while (_states.TryTake(out var state, TickerClient.Patience))
        {
            Assert.True(state.At.IsAfter(last));
            last = state.At;
            var shown = Assert.Single(state.Quotes.ToArray()).Quote.Price;
            Assert.NotEqual(Stray, shown);
            if (shown == price)
            {
                return state;
            }
        }

        throw new TimeoutException($"The price {price} did not come.");
    }

    /// <summary>Loses chosen ticks on their way to the queue, which counts as one on another silo, where only calls go.</summary>
    private sealed class LossyQueue : IIncomingGrainCallFilter
    {
        public Func<Tick, bool> Losing { get; set; } = _ => false;

        public void Install(WebApplicationBuilder builder) => builder.Services.AddSingleton<IIncomingGrainCallFilter>(this);

        public Task Invoke(IIncomingGrainCallContext context) =>
            context.InterfaceMethod.Name == nameof(ITickQueueGrain.EnqueueAsync) && Losing((Tick)context.Request.GetArgument(1)!)
                ? Task.CompletedTask
                : context.Invoke();
    }
}
