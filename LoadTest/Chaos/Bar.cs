using System.Globalization;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>What the cluster should achieve in a fault.</summary>
/// <param name="Silence">The longest time without prices.</param>
/// <param name="IsOfMost">Whether it applies to 99 % of the clients whose WebSocket ended, and not to all clients.</param>
/// <param name="KeepsSockets">Whether no WebSocket may be closed.</param>
/// <param name="Resumes">Whether all clients that reconnect must resume from their cursors.</param>
/// <param name="Failover">How long a gateway may be below 90 ticks a second, if the ticker is away for longer than after a death; else null.</param>
internal sealed record Bar(TimeSpan Silence, bool IsOfMost = false, bool KeepsSockets = false, bool Resumes = false, TimeSpan? Failover = null)
{
    /// <summary>The longest time below 90 ticks a second at any gateway.</summary>
    public static readonly TimeSpan LongestShortfall = TimeSpan.FromSeconds(1.5);

    /// <summary>The longest time below 90 ticks a second at any gateway in this fault.</summary>
    public TimeSpan Shortfall => Failover ?? LongestShortfall;

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"≤ {Silence.TotalSeconds} s{(IsOfMost ? " for 99 %" : "")}{(KeepsSockets ? ", no close" : "")}{(Resumes ? ", by cursor" : "")}; ≤ {Shortfall.TotalSeconds} s below {TickRate.Least}/s");

    public bool IsHeldBy(FaultReport report) =>
        (IsOfMost ? report.SilenceP99OfLost : report.LongestSilence) <= Silence.TotalSeconds
        && (!KeepsSockets || report.SocketsClosed == 0)
        && (!Resumes || report.BegunAnew == 0)
        && report.LongestShortfall <= Shortfall.TotalSeconds;
}
