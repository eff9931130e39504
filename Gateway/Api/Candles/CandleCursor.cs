using System.Buffers.Binary;
using System.Buffers.Text;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary>
/// Where the next page of candles begins. It is a time, so candles that come later shift nothing. It also holds the range of the first page, so
/// that a client may repeat it or leave it out, and the next pages are cut from the same range. Clients can't read it and need not.
/// </summary>
/// <param name="Range">The range of the first page.</param>
/// <param name="Position">The earliest open time of the next page if the range has a beginning, otherwise the time before which it ends.</param>
internal sealed record CandleCursor(CandleRange Range, DateTimeOffset Position)
{
    private const byte Version = 1;
    private const int FromAt = 5;
    private const int ToAt = 13;
    private const int PositionAt = 21;
    private const int Length = 29;
    private const long None = long.MinValue;

    /// <summary>The part of the range that is left.</summary>
    public CandleRange Rest => Range.From is null ? Range with { To = Position } : Range with { From = Position };

    /// <summary>The cursor as clients see it.</summary>
    public string Write()
    {
        Span<byte> bytes = stackalloc byte[Length];
        bytes[0] = Version;
        BinaryPrimitives.WriteUInt32BigEndian(bytes[1..], SeriesOf(Range));
        BinaryPrimitives.WriteInt64BigEndian(bytes[FromAt..], Range.From?.UtcTicks ?? None);
        BinaryPrimitives.WriteInt64BigEndian(bytes[ToAt..], Range.To?.UtcTicks ?? None);
        BinaryPrimitives.WriteInt64BigEndian(bytes[PositionAt..], Position.UtcTicks);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Reads a cursor.</summary>
    /// <param name="text">What the client presents.</param>
    /// <param name="asked">What it asks for beside the cursor.</param>
    /// <returns>The cursor; null if it is none, or belongs to another symbol, interval or range.</returns>
    public static CandleCursor? Read(string text, CandleRange asked)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (!Base64Url.IsValid(text, out var length) || length != Length || Base64Url.DecodeFromChars(text, bytes) != Length
            || bytes[0] != Version || BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) != SeriesOf(asked)
            || !TryReadTime(bytes[FromAt..], out var from) || !TryReadTime(bytes[ToAt..], out var to)
            || !TryReadTime(bytes[PositionAt..], out var position) || position is null
            || position < from || (from is null ? position > to : position >= to)
            || (asked.From is not null && asked.From != from) || (asked.To is not null && asked.To != to))
        {
            return null;
        }

        return new CandleCursor(asked with { From = from, To = to }, position.Value);
    }

    private static bool TryReadTime(ReadOnlySpan<byte> bytes, out DateTimeOffset? time)
    {
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        var isKnown = ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks;
        time = isKnown ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;
        return isKnown || ticks == None;
    }

    private static uint SeriesOf(CandleRange range) =>
        XxHash32.HashToUInt32(MemoryMarshal.AsBytes($"{range.Interval} {range.Symbol}".AsSpan()));
}
