using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol.Native;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Protocol.Sse;

/// <summary>Writes quotes as events: the native protocol's JSON, with the cursor as the event's id.</summary>
/// <param name="isChunked">Whether each event is framed as a chunk of HTTP/1.1.</param>
/// <param name="detail">How much of each quote is written.</param>
internal sealed class SseEncoding(bool isChunked, DetailLevel detail) : IQuoteEncoding
{
    public DetailLevel Detail => detail;

    public byte[] Encode(MarketState state, long prevSeq, ReadOnlySpan<int> places)
    {
        var fields = $"id: {SseCursor.IdOf(state.At)}\nevent: ticker\n";
        return SseEvent.Write(fields, NativeEncoding.WriteJson(state, prevSeq, places, detail), isChunked);
    }
}
