namespace OrleansTicker.LoadTest.Chaos;

/// <summary>What clients saw of a fault. Times are in seconds.</summary>
internal sealed record FaultReport
{
    public required string Fault { get; init; }

    /// <summary>Whom it hit.</summary>
    public required string Target { get; init; }

    /// <summary>From the fault until all was as before, at least.</summary>
    public required double Seconds { get; init; }

    /// <summary>The longest time that any client was without prices.</summary>
    public required double LongestSilence { get; init; }

    /// <summary>The longest times of 99 of 100 clients.</summary>
    public required double SilenceP99 { get; init; }

    /// <summary>The longest times of 99 of 100 clients whose socket ended; 0 where none did.</summary>
    public required double SilenceP99OfLost { get; init; }

    /// <summary>Of each gateway, the longest time in which ticks came at less than 90 a second, while it was meant to run.</summary>
    public required SortedDictionary<string, double> Shortfalls { get; init; }

    /// <summary>The longest of these times.</summary>
    public double LongestShortfall => Shortfalls.Values.DefaultIfEmpty().Max();

    public required int SocketsClosed { get; init; }

    /// <summary>By close code; 1006 is none.</summary>
    public required SortedDictionary<int, int> Closes { get; init; }

    /// <summary>Clients that came back and went on from their cursors.</summary>
    public required int Resumed { get; init; }

    /// <summary>Clients that came back and were sent a snapshot.</summary>
    public required int BegunAnew { get; init; }

    /// <summary>Attempts to connect that failed.</summary>
    public required int Refused { get; init; }

    /// <summary>What it is to reach.</summary>
    public string Bar { get; init; } = "";

    public bool IsBarHeld { get; init; }
}
