namespace OrleansTicker.LoadTest.Chaos;

/// <summary>What clients noticed of a fault. Times are in seconds.</summary>
internal sealed record FaultReport
{
    public required string Fault { get; init; }

    /// <summary>The processes affected.</summary>
    public required string Target { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StruckAt { get; init; }

    /// <summary>The time from the fault until everything was as before, at least.</summary>
    public required double Seconds { get; init; }

    /// <summary>The longest time without prices at any client.</summary>
    public required double LongestSilence { get; init; }

    /// <summary>The 99th percentile of the longest times without prices.</summary>
    public required double SilenceP99 { get; init; }

    /// <summary>That percentile over the clients whose WebSocket ended; 0 if none did.</summary>
    public required double SilenceP99OfLost { get; init; }

    /// <summary>For each gateway, the longest time below 90 ticks a second while it should run.</summary>
    public required SortedDictionary<string, double> Shortfalls { get; init; }

    /// <summary>The longest of these times.</summary>
    public double LongestShortfall => Shortfalls.Values.DefaultIfEmpty().Max();

    /// <summary>
    /// The longest time from one tick of the ticker to its next, by the ticks' own times, at the gateway that has seen most of them: at a
    /// gateway that misses ticks it only appears longer.
    /// </summary>
    public required double LongestPause { get; init; }

    /// <summary>How long nobody watched the market for its candles, as their answers say; for the symbol for which that was longest.</summary>
    public double CandleGap { get; init; }

    public required int SocketsClosed { get; init; }

    /// <summary>The closed WebSockets by close code; 1006 for none.</summary>
    public required SortedDictionary<int, int> Closes { get; init; }

    /// <summary>Clients that reconnected and resumed from their cursors.</summary>
    public required int Resumed { get; init; }

    /// <summary>Clients that reconnected and received a snapshot.</summary>
    public required int BegunAnew { get; init; }

    /// <summary>Failed attempts to connect.</summary>
    public required int Refused { get; init; }

    /// <summary>What became of the feeds of the exchanges; empty if prices are simulated.</summary>
    public IReadOnlyList<FeedOutcome> Feeds { get; init; } = [];

    /// <summary>What should become of them, in words.</summary>
    public string FeedBar { get; init; } = "";

    public bool IsFeedBarHeld { get; init; }

    /// <summary>What the cluster should achieve, in words.</summary>
    public string Bar { get; init; } = "";

    public bool IsBarHeld { get; init; }
}
