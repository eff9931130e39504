namespace OrleansTicker.Gateway.Delivery;

/// <summary>
/// Counts what one worker has sent. Only the worker writes it; other threads may read figures that are slightly out of date.
/// </summary>
internal sealed class SentCounts
{
    /// <summary>Messages with prices.</summary>
    public long Frames { get; set; }

    /// <summary>Ticks that had no message of their own because a socket was slow.</summary>
    public long Conflated { get; set; }

    /// <summary>Sessions that were slow consumers when they were last checked.</summary>
    public int SlowConsumers { get; set; }

    /// <summary>How often a session became a slow consumer.</summary>
    public long SlowEpisodes { get; set; }
}
