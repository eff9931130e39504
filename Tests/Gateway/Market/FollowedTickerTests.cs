using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Ticks;
using OrleansTicker.Tests.Gateway.Keys;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Market;

/// <summary>A gateway that follows the ticker in its own process, when ticks come that it can't take.</summary>
public sealed class FollowedTickerTests : IAsyncLifetime
{
    private const decimal Stray = 666;

    private readonly ScriptedSource _source = new();
    private readonly LogRecorder _log = new();
    private readonly ConcurrentQueue<decimal> _prices = new();
    private GatewayHost _gateway = null!;
    private IMarketFeed _feed = null!;
    private int _failures;

    private TickQueue Queue => _gateway.Services.GetRequiredService<LocalTicks>().Queue!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayHost.StartAsync(builder =>
        {
            _source.Install(builder);
            builder.Logging.AddProvider(_log);
        });
        _feed = _gateway.Services.GetRequiredService<IMarketFeed>();
        _feed.Changed += () =>
        {
            if (_failures > 0)
            {
                _failures--;
                throw new InvalidOperationException("by the test");
            }

            _prices.Enqueue(_feed.Newest.Contents().Single().Price);
        };
        await SayAsync(1);
    }

    [Theory]
    [InlineData(-1, 1000)]
    [InlineData(0, -1)]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    public async Task A_tick_that_does_not_follow_changes_nothing_and_those_after_it_are_taken(long epochs, long ticks)
    {
        var at = _feed.Newest.At;

        Queue.Append(new Tick(at.Epoch + epochs, at.Seq + ticks, DateTimeOffset.UnixEpoch, [new Quote("A", Stray, DateTimeOffset.UnixEpoch)]));
        await SayAsync(2);
        await SayAsync(3);

        await Eventually.TrueAsync(() => _prices.Contains(3), "the change is told");
        Assert.Equal([1, 2, 3], _prices.Distinct());
        Assert.Equal(new Cursor(at.Epoch, at.Seq + 2), _feed.Newest.At);
    }

    [Fact]
    public async Task Who_fails_with_a_tick_delays_no_turn_is_told_and_has_the_prices_that_follow()
    {
        _failures = 1;
        await SayAsync(2);
        await SayAsync(3);

        Assert.Single(_log.Lines, line => line.Text.Contains("The ticks cannot be read", StringComparison.Ordinal));
        Assert.DoesNotContain("A turn of the Ticker failed", _log.Text, StringComparison.Ordinal);
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _log.Dispose();
    }

    private Task SayAsync(decimal price)
    {
        _source.Say("A", price);
        return Eventually.TrueAsync(() => _feed.Newest.Contents().Any(quote => quote.Price == price), $"the price {price}");
    }
}
