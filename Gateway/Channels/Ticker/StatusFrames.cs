using System.Collections.Immutable;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Gateway.Channels.Ticker;

/// <summary>The messages that tell clients which exchanges count. Sessions share them: each is written once. Any thread may call it.</summary>
internal sealed class StatusFrames
{
    private Written? _last;

    /// <summary>Gets the message.</summary>
    /// <param name="protocol">The client's language.</param>
    /// <param name="feeds">The exchanges.</param>
    public byte[] Get(IWireProtocol protocol, ImmutableArray<FeedStatus> feeds)
    {
        var last = Volatile.Read(ref _last);
        if (last is null || last.Protocol != protocol || last.Feeds != feeds)
        {
            Volatile.Write(ref _last, last = new Written(protocol, feeds, protocol.Write(new StatusMessage(feeds))));
        }

        return last.Frame;
    }

    private sealed record Written(IWireProtocol Protocol, ImmutableArray<FeedStatus> Feeds, byte[] Frame);
}
