using CsCheck;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Tests.Grains.Prices.Consolidation;

/// <summary>What exchanges say that keep to no rule.</summary>
internal static class Lies
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Numbers of every size, sign and length, and those that could pass as prices near 1000.</summary>
    private static readonly Gen<decimal?> GenLie = Gen.Frequency(
        (1, Gen.Const((decimal?)null)),
        (1, OneOf<decimal?>(0, -1, decimal.MaxValue, decimal.MinValue, 0.0000000000000000000000000001m, 0.000000000001m, 1e12m)),
        (2, Gen.Decimal.Select(any => (decimal?)any)),
        (4, Gen.Int[970_000, 1_030_000].Select(near => (decimal?)(near / 1000m))));

    private static readonly Gen<DateTimeOffset?> GenTime =
        Gen.OneOf(Gen.Const((DateTimeOffset?)null), OneOf<DateTimeOffset?>(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Noon));

    public static readonly Gen<ExchangeQuote> GenQuote =
        from prices in GenLie.Array[7]
        from sizes in GenLie.Array[4]
        from trades in Gen.OneOf(Gen.Long, Gen.Long[0, 100])
        from time in GenTime
        from age in Gen.OneOf(Gen.Const(TimeSpan.Zero), OneOf(TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromSeconds(30)))
        from isAway in Gen.Frequency((4, Gen.Const(false)), (1, Gen.Const(true)))
        select new ExchangeQuote
        {
            Symbol = "BTC-USD", UpdatedAt = time ?? Noon, Age = age, IsAway = isAway,
            Bid = prices[0], BidSize = sizes[0], Ask = prices[1], AskSize = sizes[1],
            Last = prices[2], LastSize = sizes[2], LastAt = time,
            Open = prices[3], High = prices[4], Low = prices[5], DayVolume = sizes[3], Trades = trades, Volume = prices[6] ?? 0,
        };

    /// <summary>Seconds that are wrong in any way, or right.</summary>
    public static readonly Gen<SecondTrades> GenSecond =
        from prices in GenLie.Array[4]
        from isGood in Gen.Bool
        from second in Gen.OneOf(Gen.Int[0, 5].Select(second => Noon.AddSeconds(second)), OneOf(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, Noon.AddDays(1)))
        from milliseconds in Gen.OneOf(Gen.Int[0, 999], Gen.Int[-100, 1100])
        from trades in Gen.OneOf(Gen.Long[0, 100], Gen.Long)
        from volumes in GenLie.Array[2]
        let at = second > DateTimeOffset.MinValue && second < DateTimeOffset.MaxValue ? second.AddMilliseconds(milliseconds) : second
        select isGood
            ? new SecondTrades(second, 1000, 1001, 999, 1000, at, at, trades, Math.Abs(volumes[0] ?? 1), Math.Abs(volumes[1] ?? 1))
            : new SecondTrades(second, prices[0] ?? 0, prices[1] ?? 0, prices[2] ?? 0, prices[3] ?? 0, at, at, trades, volumes[0] ?? 0, volumes[1] ?? 0);

    public static Gen<Said[]> GenSaid(int most) => (
        from exchange in Gen.Int[0, 4]
        from symbol in OneOf("BTC-USD", "BTC-USDT", "USDT-USD", "ETH-USDC", "USDC-USD", "USDC-USDT")
        from quote in GenQuote
        from life in Gen.Int[1, 3]
        from isHeard in Gen.Frequency((5, Gen.Const(true)), (1, Gen.Const(false)))
        from milliseconds in Gen.OneOf(Gen.Int[0, 100], Gen.Int[0, 8000])
        select new Said(
            exchange,
            symbol.StartsWith("USD", StringComparison.Ordinal) ? Divided(quote with { Symbol = symbol }) : quote with { Symbol = symbol },
            new Guid(life, 0, 0, new byte[8]), isHeard, milliseconds)).Array[1, most];

    /// <summary>Lies about a rate: near 1 instead of 1000.</summary>
    private static ExchangeQuote Divided(ExchangeQuote quote) => quote with { Bid = quote.Bid / 1000, Ask = quote.Ask / 1000, Last = quote.Last / 1000 };

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
