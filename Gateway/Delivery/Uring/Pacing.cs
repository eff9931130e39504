namespace OrleansTicker.Gateway.Delivery.Uring;

/// <summary>
/// Decides when a worker pauses that has more to send than it can. By io_uring it sends faster than the clients on the same machine read, and than the
/// kernel works for their sockets: what it sent would then wait in buffers, where no newer price can replace it. With pauses each client
/// gets fewer messages, and newer ones. Only the worker may call it.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class Pacing(TimeProvider time)
{
    /// <summary>How long a worker sends without any pause. A round that is over by then needs none.</summary>
    internal static readonly TimeSpan LongestRound = TimeSpan.FromMilliseconds(10);

    /// <summary>How long a worker that is late sends until the next pause.</summary>
    internal static readonly TimeSpan Spell = TimeSpan.FromMilliseconds(5);

    /// <summary>How long it pauses then.</summary>
    internal static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(3);

    /// <summary>A time without sending after which a worker is not late.</summary>
    internal static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(1);

    private long _busySince;
    private long _spellBegan;
    private long _sentAt;

    /// <summary>Call it before a batch is sent.</summary>
    public void BeginBatch()
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(_sentAt, now) > Rest)
        {
            _busySince = _spellBegan = now;
        }
    }

    /// <summary>Call it when a batch has been sent.</summary>
    /// <returns>How long to pause; zero for not at all. A pause begins the next spell.</returns>
    public TimeSpan EndBatch()
    {
        var now = time.GetTimestamp();
        _sentAt = now;
        if (time.GetElapsedTime(_busySince, now) <= LongestRound || time.GetElapsedTime(_spellBegan, now) < Spell)
        {
            return TimeSpan.Zero;
        }

        _sentAt = _spellBegan = now + (long)(Pause.TotalSeconds * time.TimestampFrequency);
        return Pause;
    }
}
