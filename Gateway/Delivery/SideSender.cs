using OrleansTicker.Gateway.Channels;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// Sends a session what its side channel has, between prices. Prices go first; but if they leave no room, the side channel has its turn before
/// the next ones, so that a client that reads slowly gets both. Only the worker may call it.
/// </summary>
/// <param name="channel">The side channel; null if there is none.</param>
/// <param name="outbox">Writes to the session's socket.</param>
internal struct SideSender(ISideChannel? channel, Outbox outbox)
{
    /// <summary>How many frames are sent in a row, so that other sessions and prices need not wait long.</summary>
    internal const int Burst = 8;

    /// <summary>How soon to go on after a burst.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private bool _isDue; // The last price left no room.

    /// <summary>Sends a frame if the prices before left no room for any.</summary>
    /// <returns>Whether the socket takes prices now.</returns>
    public bool TrySendDue() => !_isDue || TrySend(1);

    /// <summary>Sends what there is after prices.</summary>
    /// <param name="wait">How soon the prices want to be asked again.</param>
    /// <returns>How soon to flush again even if nothing changes.</returns>
    public TimeSpan SendRest(TimeSpan wait)
    {
        if (channel is not { HasNews: true })
        {
            return wait;
        }

        _isDue = outbox.IsBlocked;
        return !_isDue && TrySend(Burst) && channel.HasNews && Pause < wait ? Pause : wait;
    }

    /// <summary>Releases what the channel shares with others.</summary>
    public readonly void Close() => channel?.Close();

    private bool TrySend(int most)
    {
        _isDue = false;
        for (var count = 0; count < most && channel!.Next() is { IsEmpty: false } frame; count++)
        {
            outbox.Send(frame);
            if (outbox.IsBlocked)
            {
                return false;
            }
        }

        return true;
    }
}
