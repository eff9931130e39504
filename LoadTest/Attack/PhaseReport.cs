using OrleansTicker.LoadTest.Load;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>What was seen while one attack, or none, went on.</summary>
internal sealed record PhaseReport
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required double Seconds { get; init; }

    /// <summary>How often it was tried.</summary>
    public required int Tried { get; init; }

    /// <summary>How the gateway answered.</summary>
    public required SortedDictionary<string, int> Answers { get; init; }

    /// <summary>How often something was opened that nobody had a right to.</summary>
    public required int Opened { get; init; }

    /// <summary>How old prices were at the honest clients; null where none came.</summary>
    public required AgeReport? Age { get; init; }

    /// <summary>How many honest sockets ended.</summary>
    public required int Closed { get; init; }

    /// <summary>The processor time that the gateway took, in cores.</summary>
    public required double Cores { get; init; }

    /// <summary>The memory of the gateway's process at the end.</summary>
    public required double ResidentMegabytes { get; init; }

    /// <summary>Whether p99 of the age was at most twice that of the quiet.</summary>
    public bool IsBarHeld { get; init; } = true;
}
