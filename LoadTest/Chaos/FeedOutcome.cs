namespace OrleansTicker.LoadTest.Chaos;

/// <summary>What a fault did to the feed of one exchange. Times are in seconds.</summary>
internal sealed record FeedOutcome
{
    public required string Exchange { get; init; }

    /// <summary>The silo that ran the feed before the fault.</summary>
    public required string Silo { get; init; }

    /// <summary>Whether the fault hit that silo.</summary>
    public required bool IsHit { get; init; }

    /// <summary>The time from the hit, or from the beginning of the fault, until a client was told that the exchange is away; null if it was not.</summary>
    public required double? AwayAfter { get; init; }

    /// <summary>That time until the client was told that it counts again; null if it was not.</summary>
    public required double? BackAfter { get; init; }

    /// <summary>How many connections to the exchange were opened since the fault began.</summary>
    public required int Connects { get; init; }

    /// <summary>The time until the first of them was opened; null if none was.</summary>
    public required double? ConnectedAfter { get; init; }

    /// <summary>Whether the feed of a silo that was not hit went on as if nothing had happened.</summary>
    public bool IsKept => !IsHit && AwayAfter is null && Connects == 0;
}
