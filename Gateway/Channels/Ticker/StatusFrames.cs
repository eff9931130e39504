using System.Collections.Concurrent;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>
/// The messages that tell clients where prices come from and which exchanges count. Sessions share them: each is written once. Any thread may
/// call it.
/// </summary>
internal sealed class StatusFrames
{
    private readonly ConcurrentDictionary<IWireProtocol, Written> _last = new();

    /// <summary>Gets the message.</summary>
    /// <param name="protocol">The client's language.</param>
    /// <param name="origin">Where prices come from.</param>
    public byte[] Get(IWireProtocol protocol, PriceOrigin origin)
    {
        if (!_last.TryGetValue(protocol, out var last) || !ReferenceEquals(last.Origin, origin))
        {
            _last[protocol] = last = new Written(origin, protocol.Write(new StatusMessage(origin.Source, origin.Feeds)));
        }

        return last.Frame;
    }

    private sealed record Written(PriceOrigin Origin, byte[] Frame);
}
