using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Protocol;

/// <summary>
/// How quotes are written for clients. Sessions with the same encoding share the bytes, so there is one instance of each. Any thread may
/// call it.
/// </summary>
internal interface IQuoteEncoding
{
    /// <summary>How much of each quote it writes.</summary>
    DetailLevel Detail { get; }

    /// <summary>Writes a whole message of quotes, framing included.</summary>
    /// <param name="state">The state that the message leads to.</param>
    /// <param name="prevSeq">The seq that it starts from; 0 makes it a snapshot.</param>
    /// <param name="places">The places of the quotes in the state.</param>
    byte[] Encode(MarketState state, long prevSeq, ReadOnlySpan<int> places);
}
