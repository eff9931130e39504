using System.Collections.Concurrent;
using System.Collections.Immutable;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>The messages that tell clients which exchanges count. Sessions share them: each is written once. Any thread may call it.</summary>
internal sealed class StatusFrames
{
    private readonly ConcurrentDictionary<IWireProtocol, Written> _last = new();

    /// <summary>Gets the message.</summary>
    /// <param name="protocol">The client's language.</param>
    /// <param name="feeds">The exchanges.</param>
    public byte[] Get(IWireProtocol protocol, ImmutableArray<FeedStatus> feeds)
    {
        if (!_last.TryGetValue(protocol, out var last) || last.Feeds != feeds)
        {
            _last[protocol] = last = new Written(feeds, protocol.Write(new StatusMessage(feeds)));
        }

        return last.Frame;
    }

    private sealed record Written(ImmutableArray<FeedStatus> Feeds, byte[] Frame);
}
