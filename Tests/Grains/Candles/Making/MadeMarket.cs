using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Grains.Candles.Making;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Tests.Grains.Candles.Making;

/// <summary>
/// A market that a test makes up, and the batches that are made of it. Symbols that begin with <c>T</c> are priced by trades. Times are seconds
/// after noon by the market's clock; the wall clock is wrong.
/// </summary>
internal sealed class MadeMarket
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The symbols that tell the time.</summary>
    public static readonly string[] Tellers = ["one", "two", "three"];

    private readonly List<Quote> _quotes = [];
    private readonly List<TradedSecond> _seconds = [];
    private readonly CandleMaker _maker;
    private readonly Dictionary<int, DateTimeOffset> _finalBefore = [];

    public MadeMarket(ILogger? logger = null) => _maker = new CandleMaker(new Source(this), Take, Time, logger ?? NullLogger.Instance);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(1999, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>All batches so far.</summary>
    public List<(int Shard, CandleBatch Batch)> Batches { get; } = [];

    /// <summary>The newest version of each candle.</summary>
    public Dictionary<(string Symbol, double Second), Candle> Candles { get; } = [];

    public CandlePosition At { get; set; } = new(1, 0);

    public bool HasOutage { get; set; }

    public static DateTimeOffset AtSecond(double second) => Noon.AddSeconds(second);

    /// <summary>All trades of a second that are known, all at one price.</summary>
    public static SecondTrades Traded(double first, double last, decimal price, long trades) => new(
        AtSecond(Math.Floor(first)), price, price, price, price, AtSecond(first), AtSecond(last), trades, trades, price * trades);

    /// <summary>Says a price in the next turn.</summary>
    public void Price(string symbol, double at, decimal price, bool isStale = false) =>
        _quotes.Add(new Quote(symbol, price, AtSecond(at)) { IsStale = isStale });

    /// <summary>Says what is known of a second in the next turn.</summary>
    public void Trade(string symbol, SecondTrades trades) => _seconds.Add(new TradedSecond(symbol, trades));

    /// <summary>Three symbols that tell the time of the market in the next turn.</summary>
    public void Tell(double at)
    {
        foreach (var symbol in Tellers)
        {
            Price(symbol, at, 1 + (decimal)at);
        }
    }

    /// <summary>A turn of the ticker, now.</summary>
    public void Turn()
    {
        _maker.TakeTurn(_quotes, At, HasOutage);
        _quotes.Clear();
    }

    /// <summary>Lets time pass, in turns. What has been said is taken in the first of them.</summary>
    public void Pass(double seconds, double turn = 0.05)
    {
        for (var passed = 0.0; passed < seconds - 0.0001; passed += turn)
        {
            Turn();
            Time.Advance(TimeSpan.FromSeconds(turn));
        }

        Turn();
    }

    /// <summary>The last batches of a ticker that ends.</summary>
    public void End() => _maker.MakeLast(At, HasOutage);

    /// <summary>A symbol's batches.</summary>
    public List<CandleBatch> BatchesOf(string symbol) =>
        [.. Batches.Where(batch => batch.Shard == ICandleGrain.ShardOf(symbol)).Select(batch => batch.Batch)];

    /// <summary>The candle of a second, in words; null if there is none.</summary>
    public string? Of(string symbol, double second) => Candles.TryGetValue((symbol, second), out var candle)
        ? FormattableString.Invariant($"{candle.Open} {candle.High} {candle.Low} {candle.Close}, {candle.Trades} trades of {candle.Volume} for {candle.QuoteVolume}")
        : null;

    private void Take(int shard, CandleBatch batch)
    {
        Batches.Add((shard, batch));
        foreach (var (symbol, interval, candle) in batch.Seconds)
        {
            Assert.Equal(CandleInterval.Second, interval);
            Assert.Equal(shard, ICandleGrain.ShardOf(symbol));
            Assert.True(candle.OpenTime.AddSeconds(1) > _finalBefore.GetValueOrDefault(shard), $"{symbol} has changed at {candle.OpenTime} after it was final");
            Candles[(symbol, (candle.OpenTime - Noon).TotalSeconds)] = candle;
        }

        Assert.True(batch.FinalBefore >= _finalBefore.GetValueOrDefault(shard));
        _finalBefore[shard] = batch.FinalBefore;
    }

    private sealed class Source(MadeMarket market) : IPriceSource
    {
        public bool IsPricedByTrades(string symbol) => symbol.StartsWith('T');

        public void Start()
        {
        }

        public void Collect(List<Quote> changes)
        {
        }

        public void CollectTrades(List<TradedSecond> seconds)
        {
            seconds.AddRange(market._seconds);
            market._seconds.Clear();
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
