using System.IO.Hashing;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Caching.Memory;
using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary>
/// Encodes pages of candles, and keeps those that were asked for lately. Many clients ask for the newest candles of the same symbols, and to write
/// the numbers costs more than all else of an answer. A page is found by what it says, so none is ever out of date. Any thread may call it.
/// </summary>
internal sealed class EncodedPages : IDisposable
{
    /// <summary>How many bytes are kept, besides the compressed forms of the same pages.</summary>
    internal const int MaxBytes = 16 << 20;

    private static readonly TimeSpan KeptUnused = TimeSpan.FromSeconds(30);

    // A page that finds no room is not kept, but makes room for the next ones.
    private readonly MemoryCache _bodies = new(new MemoryCacheOptions { SizeLimit = MaxBytes, CompactionPercentage = 0.25 });

    /// <summary>Encodes a page.</summary>
    /// <param name="symbol">Its symbol.</param>
    /// <param name="interval">How long its candles are.</param>
    /// <param name="page">The page.</param>
    /// <param name="next">Where the next page begins; null if there is none.</param>
    public SharedBody Encode(string symbol, CandleInterval interval, CandlePage page, string? next)
    {
        var content = ContentOf(symbol, interval, page, next);
        if (_bodies.Get<SharedBody>(content) is { } known)
        {
            return known;
        }

        var answer = new CandleListJson(
            symbol,
            interval.Name(),
            page.Candles.Select(candle => CandleJson.Of(candle, page.IsClosed(candle, interval))),
            page.Gaps.Select(GapJson.Of),
            next);
        var plain = BodyWriter.Encode(answer, CandlesJson.Default.CandleListJson);
        return _bodies.Set(content, new SharedBody(plain), new MemoryCacheEntryOptions { Size = plain.Capacity, SlidingExpiration = KeptUnused });
    }

    public void Dispose() => _bodies.Dispose();

    /// <summary>
    /// A hash of everything that the answer says, and of what the candles hold besides: where only that differs, a page is encoded once more.
    /// </summary>
    private static UInt128 ContentOf(string symbol, CandleInterval interval, CandlePage page, string? next)
    {
        var closed = page.Candles.Length;
        while (closed > 0 && !page.IsClosed(page.Candles[closed - 1], interval))
        {
            closed--;
        }

        var hash = new XxHash128();
        hash.Append(MemoryMarshal.AsBytes(page.Candles.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(page.Gaps.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes($"{symbol} {interval} {page.Candles.Length} {closed} {next}".AsSpan()));
        return hash.GetCurrentHashAsUInt128();
    }
}
