using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>Some candles of one interval that follow each other, in a fifth of the room that they take as records. Immutable.</summary>
internal sealed class CandleBlock
{
    private readonly byte[] _bytes;
    private readonly int _count;

    private CandleBlock(List<Candle> candles)
    {
        (First, Last, _count) = (candles[0].OpenTime, candles[^1].OpenTime, candles.Count);
        ChangedAt = candles.Max(candle => candle.ChangedAt);
        var packer = new CandlePacker();
        foreach (var candle in candles)
        {
            packer.Add(candle);
        }

        _bytes = packer.ToArray();
    }

    /// <summary>The first open time.</summary>
    public DateTimeOffset First { get; }

    /// <summary>The last open time.</summary>
    public DateTimeOffset Last { get; }

    /// <summary>The position of the last batch that changed one of them.</summary>
    public CandlePosition ChangedAt { get; }

    /// <summary>How many bytes it takes, without what the runtime adds.</summary>
    public int Size => _bytes.Length;

    /// <summary>Packs candles, at least one.</summary>
    public static CandleBlock Pack(List<Candle> candles) => new(candles);

    /// <summary>A list of its own with the candles.</summary>
    public List<Candle> Unpack()
    {
        var candles = new List<Candle>(_count);
        var unpacker = new CandleUnpacker(_bytes);
        while (candles.Count < _count)
        {
            candles.Add(unpacker.Next());
        }

        return candles;
    }
}
