namespace OrleansTicker.Gateway.Delivery;

/// <summary>What one worker has sent. Written by the worker alone; others read figures that may be a moment old.</summary>
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
