namespace OrleansTicker.LoadTest.Load;

/// <summary>What a load run is to do.</summary>
internal sealed record LoadPlan
{
    public required Uri Gateway { get; init; }

    public required string ApiKey { get; init; }

    public required int Clients { get; init; }

    /// <summary>How long is measured, once all clients are there.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>What each client subscribes to; everything where it is empty.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>The part of the clients that read slowly, 0 to 1.</summary>
    public double Slow { get; init; }
}
