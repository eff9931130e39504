namespace OrleansTicker.LoadTest.Api;

/// <summary>The settings of a run of requests.</summary>
internal sealed record ApiPlan
{
    public required Uri Gateway { get; init; }

    /// <summary>The key to exchange for a token; null to send none.</summary>
    public string? ApiKey { get; init; }

    /// <summary>What to ask for, with its query.</summary>
    public required string Path { get; init; }

    /// <summary>How many requests to make a second; null for as many as the connections take.</summary>
    public int? Rate { get; init; }

    /// <summary>How many connections there are: as many requests are under way at most.</summary>
    public required int Connections { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>How long requests are made before they are measured.</summary>
    public required TimeSpan WarmUp { get; init; }
}
