using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.TestingHost;
using OrleansTicker.Grains.Hosting;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Storage;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Ticker;

/// <summary>The candles of the ticker in real silos: where they come from, that they harm no price, and what a ticker leaves when it ends.</summary>
public sealed class TickerCandlesTests
{
    private static readonly (string Key, string? Value)[] NoHistory = [("History:Provider", "None")];

    private readonly ScriptedSource _source = new();
    private readonly CandleCalls _calls = new();

    [Fact]
    public async Task The_candles_of_a_replayed_recording_are_those_that_another_reading_of_the_file_gives()
    {
        var path = Recording.FindOrSkip();
        var expected = Read(path);
        Assert.Equal(97, expected.Sum(candle => candle.Trades));

        await using var silo = await SiloHost.StartAsync(
            [
                .. NoHistory,
                ("Ticker:Source", "Replay"),
                ("Ticker:Replay:Path", path),
                ("Ticker:Replay:Speed", "10"),
                ("Ticker:Replay:Loop", "false"),
            ],
            configure: _calls.Install);
        await Eventually.TrueAsync(() => _calls.Candles.Sum(each => each.Candle.Trades) >= 97, "all trades are in candles");

        Assert.Equal(expected, _calls.Candles.Select(each => new Reading(
            each.Symbol, each.Candle.OpenTime, each.Candle.Open, each.Candle.High, each.Candle.Low, each.Candle.Close, each.Candle.Trades, each.Candle.Volume, each.Candle.QuoteVolume)));
    }

    [Fact]
    public async Task Prices_go_on_while_shards_fail_or_hang()
    {
        await using var silo = await StartAsync();
        await SayUntilAsync(silo, 1, () => _calls.Sent.Count > 0);

        _calls.Before = () => throw new InvalidOperationException("This call fails because the test says so.");
        var before = _calls.Sent.Count;
        await SayUntilAsync(silo, 2, () => _calls.Sent.Count > before);

        var hanging = new TaskCompletionSource();
        _calls.Before = () => hanging.Task;
        before = _calls.Sent.Count;
        await SayUntilAsync(silo, 3, () => _calls.Sent.Count > before);
        await SayUntilAsync(silo, 4, () => true);

        hanging.SetResult();
        _calls.Before = () => Task.CompletedTask;
        await Eventually.TrueAsync(() => _calls.Candles.Any(each => each.Candle.Close == 4), "the newest price has come to its shard");
    }

    [Fact]
    public async Task Prices_go_on_where_trades_can_not_be_collected()
    {
        var source = new FaultySource(_source);
        await using var silo = await SiloHost.StartAsync(NoHistory, configure: services => services.AddSingleton<IPriceSourceFactory>(source));

        await SayUntilAsync(silo, 1, () => source.Faults > 0);
        var faults = source.Faults;
        await SayUntilAsync(silo, 2, () => source.Faults > faults);
    }

    [Fact]
    public async Task A_ticker_that_ends_leaves_its_last_prices_in_candles_and_the_next_one_begins_after_it()
    {
        await using var silo = await StartAsync();
        await SayUntilAsync(silo, 1, () => _calls.Sent.Count > 0);
        var epoch = _calls.Sent[0].Batch.At.Epoch;
        await SayUntilAsync(silo, 2, () => true);

        await silo.Ticker.Cast<IGrainManagementExtension>().DeactivateOnIdle(TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(
            () => _calls.Candles.Any(each => each.Candle.Close == 2 && each.Candle.ChangedAt.Epoch == epoch), "the last price is in the ticker's last candle");

        await SayUntilAsync(silo, 3, () => _calls.Sent.Any(sent => sent.Batch.At.Epoch > epoch));
        var next = _calls.Sent.First(sent => sent.Batch.At.Epoch > epoch).Batch;
        Assert.Equal(default, next.After);
    }

    [Fact]
    public async Task A_silo_that_stops_lets_its_ticker_send_the_last_prices_before_its_shards_go()
    {
        var silo = await StartAsync();
        await using (silo)
        {
            await SayUntilAsync(silo, 1, () => _calls.Sent.Count > 0);
            await SayUntilAsync(silo, 2, () => true);
        }

        Assert.Contains(_calls.Candles, each => each.Candle.Close == 2);
    }

    [Fact]
    public async Task The_time_between_a_ticker_that_was_killed_and_the_next_one_is_a_gap()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Configuration["History:Provider"] = "None";
            silo.Services.MakeSiloLight();
            silo.AddMemoryGrainStorage(StorageNames.Ticker).AddTicker(silo.Configuration);
            _calls.Install(silo.Services);
        });
        await using var cluster = builder.Build();
        await cluster.DeployAsync(TestContext.Current.CancellationToken);
        var place = await cluster.Client.GetGrain<IManagementGrain>(0)
            .GetActivationAddress(cluster.Client.GetGrain<ITickerGrain>(ITickerGrain.Key), TestContext.Current.CancellationToken);
        await Eventually.TrueAsync(() => _calls.Sent.Any(sent => sent.Batch.Covered is not null), "the ticker sends candles");
        var epoch = _calls.Sent[^1].Batch.At.Epoch;

        await cluster.KillSiloAsync(cluster.Silos.Single(silo => silo.SiloAddress.Equals(place)), TestContext.Current.CancellationToken).WithinTimeoutAsync();

        await Eventually.TrueAsync(() => _calls.Sent.Any(sent => sent.Batch.At.Epoch > epoch && sent.Batch.Covered is not null), "the next ticker sends candles");
        var sent = _calls.Sent;
        var last = sent.Where(each => each.Batch.At.Epoch <= epoch).Max(each => each.Batch.Covered?.To)!.Value;
        var first = sent.Where(each => each.Batch.At.Epoch > epoch).Min(each => each.Batch.Covered?.From)!.Value;
        Assert.True(first > last, $"the market was watched until {last:O}, and from {first:O} on");
    }

    /// <summary>The candles of the trades in a recording of Coinbase, read without the source.</summary>
    private static List<Reading> Read(string path) => File.ReadLines(path)
        .Select(line => JsonDocument.Parse(line.Split('\t', 2)[1]).RootElement)
        .Where(message => message.GetProperty("type").ValueEquals("match"))
        .Select(message => (
            Symbol: message.GetProperty("product_id").GetString()!,
            At: message.GetProperty("time").GetDateTimeOffset(),
            Id: message.GetProperty("trade_id").GetInt64(),
            Price: Number(message.GetProperty("price")),
            Size: Number(message.GetProperty("size"))))
        .GroupBy(trade => (trade.Symbol, DateTimeOffset.FromUnixTimeSeconds(trade.At.ToUnixTimeSeconds())))
        .OrderBy(second => second.Key)
        .Select(second => second.OrderBy(trade => trade.Id).ToList() is var trades
            ? new Reading(
                second.Key.Symbol,
                second.Key.Item2,
                trades[0].Price,
                trades.Max(trade => trade.Price),
                trades.Min(trade => trade.Price),
                trades[^1].Price,
                trades.Count,
                trades.Sum(trade => trade.Size),
                trades.Sum(trade => trade.Price * trade.Size))
            : throw new InvalidOperationException())
        .ToList();

    private static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);

    private Task<SiloHost> StartAsync() => SiloHost.StartAsync(NoHistory, _source, _calls.Install);

    /// <summary>Says a price again and again, and waits until it stands in the market and something else has happened.</summary>
    private async Task SayUntilAsync(SiloHost silo, decimal price, Func<bool> hasHappened)
    {
        _source.Say(new Quote("A", price, TimeProvider.System.GetUtcNow()));
        await silo.MarketAsync(market => market.Quotes.Any(quote => quote.Quote.Price == price));
        await Eventually.TrueAsync(
            () =>
            {
                _source.Say(new Quote("A", price, TimeProvider.System.GetUtcNow()));
                return hasHappened();
            },
            "what the test waits for has happened");
    }

    private sealed record Reading(
        string Symbol, DateTimeOffset Second, decimal Open, decimal High, decimal Low, decimal Close, long Trades, decimal Volume, decimal QuoteVolume);

    /// <summary>A source that gives prices, but no trades.</summary>
    private sealed class FaultySource(ScriptedSource prices) : IPriceSourceFactory
    {
        private int _faults;

        public int Faults => Volatile.Read(ref _faults);

        public IPriceSource Create() => new Source(this, prices.Create());

        private sealed class Source(FaultySource faulty, IPriceSource prices) : IPriceSource
        {
            public void Start() => prices.Start();

            public void Collect(List<Quote> changes) => prices.Collect(changes);

            public void CollectTrades(List<TradedSecond> seconds)
            {
                Interlocked.Increment(ref faulty._faults);
                throw new InvalidOperationException("This source has no trades because the test says so.");
            }

            public ValueTask DisposeAsync() => prices.DisposeAsync();
        }
    }
}
