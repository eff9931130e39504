using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>Some candles of one interval that follow each other. Immutable.</summary>
internal sealed class CandleBlock
{
    private readonly Candle[] _candles;

    private CandleBlock(List<Candle> candles)
    {
        _candles = [.. candles];
        (First, Last) = (candles[0].OpenTime, candles[^1].OpenTime);
        ChangedAt = candles.Max(candle => candle.ChangedAt);
    }

    /// <summary>The first open time.</summary>
    public DateTimeOffset First { get; }

    /// <summary>The last open time.</summary>
    public DateTimeOffset Last { get; }

    /// <summary>The position of the last batch that changed one of them.</summary>
    public CandlePosition ChangedAt { get; }

    /// <summary>Packs candles, at least one.</summary>
    public static CandleBlock Pack(List<Candle> candles) => new(candles);

    /// <summary>A list of its own with the candles.</summary>
    public List<Candle> Unpack() => [.. _candles];
}
