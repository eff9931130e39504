using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>Decides when a session whose client may have gone is sent something, and when it is given up. Only the worker may call it.</summary>
internal interface IKeepAlive
{
    /// <summary>The frame that the client is sent for <see cref="KeepAliveStep.Ping"/>.</summary>
    ReadOnlySpan<byte> Frame { get; }

    /// <summary>Checks the client. The worker calls it once a second.</summary>
    /// <param name="isBehind">Whether the socket takes less than there is to send.</param>
    /// <param name="cursor">The client's cursor.</param>
    KeepAliveStep Check(bool isBehind, Cursor cursor);
}
