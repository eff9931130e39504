namespace OrleansTicker.LoadTest.Load;

/// <summary>The settings of a load run.</summary>
internal sealed record LoadPlan
{
    public required Uri Gateway { get; init; }

    public required string ApiKey { get; init; }

    public required int Clients { get; init; }

    /// <summary>How long to measure once all clients are connected.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The symbols that each client subscribes to; empty for all.</summary>
    public IReadOnlyList<string> Symbols { get; init; } = [];

    /// <summary>The fraction of clients that read slowly, 0 to 1.</summary>
    public double Slow { get; init; }
}
