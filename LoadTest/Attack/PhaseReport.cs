using OrleansTicker.LoadTest.Load;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>The measurements of one phase: an attack, or none.</summary>
internal sealed record PhaseReport
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required double Seconds { get; init; }

    /// <summary>The number of attempts.</summary>
    public required int Tried { get; init; }

    /// <summary>The gateway's answers.</summary>
    public required SortedDictionary<string, int> Answers { get; init; }

    /// <summary>How often an attacker was let in without a right to it.</summary>
    public required int Opened { get; init; }

    /// <summary>The age of prices at honest clients; null if none came.</summary>
    public required AgeReport? Age { get; init; }

    /// <summary>The number of WebSockets of honest clients that ended.</summary>
    public required int Closed { get; init; }

    /// <summary>The gateway's processor time, in cores.</summary>
    public required double Cores { get; init; }

    /// <summary>The memory of the gateway's process at the end of the phase.</summary>
    public required double ResidentMegabytes { get; init; }

    /// <summary>Whether p99 of the age was at most twice that of the quiet phase.</summary>
    public bool IsBarHeld { get; init; } = true;
}
