namespace OrleansTicker.Grains.Interfaces.Candles;

/// <summary>
/// The prices and trades of a symbol in one interval. There is none for an interval in which there was no price. Prices are in the symbol's
/// quote currency.
/// </summary>
[GenerateSerializer, Immutable, Alias("OrleansTicker.Candle")]
public readonly record struct Candle
{
    /// <summary>When the interval begins, in UTC; a multiple of its length since the Unix epoch.</summary>
    [Id(0)]
    public required DateTimeOffset OpenTime { get; init; }

    /// <summary>The first price.</summary>
    [Id(1)]
    public required decimal Open { get; init; }

    /// <summary>The highest price.</summary>
    [Id(2)]
    public required decimal High { get; init; }

    /// <summary>The lowest price.</summary>
    [Id(3)]
    public required decimal Low { get; init; }

    /// <summary>The last price.</summary>
    [Id(4)]
    public required decimal Close { get; init; }

    /// <summary>How much was traded, in the base currency.</summary>
    [Id(5)]
    public decimal Volume { get; init; }

    /// <summary>How much was traded, in the quote currency: the sum of price times size.</summary>
    [Id(6)]
    public decimal QuoteVolume { get; init; }

    /// <summary>How many trades were made.</summary>
    [Id(7)]
    public long Trades { get; init; }

    /// <summary>When the first price was made, by the clock of its source.</summary>
    [Id(8)]
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>When the last price was made, by the clock of its source.</summary>
    [Id(9)]
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>The last batch of the ticker that changed the candle. Of two versions of a candle, the one with the later position is newer.</summary>
    [Id(10)]
    public CandlePosition ChangedAt { get; init; }

    /// <summary>
    /// The candle of both together: of two shorter candles, or of two parts of the same one that hold different trades. The order does not
    /// matter.
    /// </summary>
    /// <param name="other">The other candle.</param>
    /// <param name="openTime">When the interval of both begins.</param>
    public Candle Join(in Candle other, DateTimeOffset openTime)
    {
        var opensFirst = FirstAt < other.FirstAt || (FirstAt == other.FirstAt && OpenTime <= other.OpenTime);
        var closesLast = LastAt > other.LastAt || (LastAt == other.LastAt && OpenTime >= other.OpenTime);
        return new Candle
        {
            OpenTime = openTime,
            Open = opensFirst ? Open : other.Open,
            High = Math.Max(High, other.High),
            Low = Math.Min(Low, other.Low),
            Close = closesLast ? Close : other.Close,
            Volume = Volume + other.Volume,
            QuoteVolume = QuoteVolume + other.QuoteVolume,
            Trades = Trades + other.Trades,
            FirstAt = opensFirst ? FirstAt : other.FirstAt,
            LastAt = closesLast ? LastAt : other.LastAt,
            ChangedAt = ChangedAt > other.ChangedAt ? ChangedAt : other.ChangedAt,
        };
    }
}
