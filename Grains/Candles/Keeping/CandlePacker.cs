using System.Buffers;
using System.Buffers.Binary;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Grains.Candles.Keeping;

/// <summary>Packs candles of one interval: as differences from the one before, in as few bytes as they need.</summary>
internal sealed class CandlePacker
{
    private readonly ArrayBufferWriter<byte> _bytes = new(1024);
    private Candle _last;

    /// <summary>Adds the next candle.</summary>
    public void Add(in Candle candle)
    {
        Span<(decimal Value, decimal Reference)> numbers =
        [
            (candle.Open, _last.Close), (candle.High, candle.Open), (candle.Low, candle.Open), (candle.Close, candle.Open),
            (candle.Volume, _last.Volume), (candle.QuoteVolume, _last.QuoteVolume),
        ];
        var kinds = 0;
        for (var index = 0; index < numbers.Length; index++)
        {
            kinds |= (int)KindOf(numbers[index].Value, numbers[index].Reference) << (2 * index);
        }

        BinaryPrimitives.WriteUInt16LittleEndian(_bytes.GetSpan(2), (ushort)kinds);
        _bytes.Advance(2);
        foreach (var (value, reference) in numbers)
        {
            Write((PackedKind)(kinds & 3), value, reference);
            kinds >>= 2;
        }

        Write((candle.OpenTime.UtcTicks - _last.OpenTime.UtcTicks) / TimeSpan.TicksPerSecond);
        Write(candle.FirstAt.UtcTicks - candle.OpenTime.UtcTicks);
        Write(candle.LastAt.UtcTicks - candle.FirstAt.UtcTicks);
        Write(candle.Trades);
        Write(candle.ChangedAt.Epoch - _last.ChangedAt.Epoch);
        Write(candle.ChangedAt.Seq - _last.ChangedAt.Seq);
        _last = candle;
    }

    /// <summary>All bytes.</summary>
    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private static PackedKind KindOf(decimal value, decimal reference)
    {
        var (number, other) = (PackedNumber.Of(value), PackedNumber.Of(reference));
        return !number.IsShort ? PackedKind.Whole
            : !other.IsShort || number.Scale != other.Scale ? PackedKind.Digits
            : number.Digits == other.Digits ? PackedKind.Same
            : PackedKind.Difference;
    }

    private void Write(PackedKind kind, decimal value, decimal reference)
    {
        switch (kind)
        {
            case PackedKind.Difference:
                Write(PackedNumber.Of(value).Digits - PackedNumber.Of(reference).Digits);
                break;
            case PackedKind.Digits:
                var number = PackedNumber.Of(value);
                _bytes.Write([number.Scale]);
                Write(number.Digits);
                break;
            case PackedKind.Whole:
                Span<int> bits = stackalloc int[4];
                _ = decimal.GetBits(value, bits);
                foreach (var part in bits)
                {
                    BinaryPrimitives.WriteInt32LittleEndian(_bytes.GetSpan(4), part);
                    _bytes.Advance(4);
                }

                break;
            default:
                break;
        }
    }

    /// <summary>Writes a whole number in groups of seven bits, the lowest ones first; small ones of either sign are short.</summary>
    private void Write(long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        var span = _bytes.GetSpan(10);
        var length = 0;
        for (; rest >= 0x80; rest >>= 7)
        {
            span[length++] = (byte)(rest | 0x80);
        }

        span[length++] = (byte)rest;
        _bytes.Advance(length);
    }
}
