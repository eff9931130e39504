using System.Buffers.Binary;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>Reads what <see cref="CandlePacker"/> writes.</summary>
/// <param name="bytes">All bytes.</param>
internal sealed class CandleUnpacker(byte[] bytes)
{
    private int _at;
    private Candle _last;

    /// <summary>The next candle.</summary>
    public Candle Next()
    {
        int kinds = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(_at));
        _at += 2;
        var open = Number(kinds, _last.Close);
        var high = Number(kinds >> 2, open);
        var low = Number(kinds >> 4, open);
        var close = Number(kinds >> 6, open);
        var volume = Number(kinds >> 8, _last.Volume);
        var quoteVolume = Number(kinds >> 10, _last.QuoteVolume);
        var openTime = _last.OpenTime.UtcTicks + (Read() * TimeSpan.TicksPerSecond);
        var firstAt = openTime + Read();
        var lastAt = firstAt + Read();
        return _last = new Candle
        {
            OpenTime = Time(openTime),
            Open = open,
            High = high,
            Low = low,
            Close = close,
            Volume = volume,
            QuoteVolume = quoteVolume,
            FirstAt = Time(firstAt),
            LastAt = Time(lastAt),
            Trades = Read(),
            ChangedAt = new CandlePosition(_last.ChangedAt.Epoch + Read(), _last.ChangedAt.Seq + Read()),
        };
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private decimal Number(int kind, decimal reference)
    {
        switch ((PackedKind)(kind & 3))
        {
            case PackedKind.Same:
                return reference;
            case PackedKind.Difference:
                var number = PackedNumber.Of(reference);
                return (number with { Digits = number.Digits + Read() }).ToDecimal();
            case PackedKind.Digits:
                var scale = bytes[_at++];
                return new PackedNumber(Read(), scale, true).ToDecimal();
            default:
                ReadOnlySpan<int> bits =
                [
                    BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(_at)), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(_at + 4)),
                    BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(_at + 8)), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(_at + 12)),
                ];
                _at += 16;
                return new decimal(bits);
        }
    }

    private long Read()
    {
        var rest = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var part = bytes[_at++];
            rest |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return (long)(rest >> 1) ^ -(long)(rest & 1);
            }
        }
    }
}
