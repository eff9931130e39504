using System.Globalization;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>The report as text.</summary>
internal static class AttackReportText
{
    public static void Write(this Summary summary, AttackReport report)
    {
        var phases = Summary.TableOf("attack", "tried", "answers", "honest p50", "p99", "p99 at most doubled", "closed", "gateway");
        foreach (var phase in report.Phases)
        {
            Summary.Row(
                phases,
                phase.Name,
                $"{phase.Tried:N0} in {phase.Seconds:N0} s",
                string.Join('\n', phase.Answers.Select(answer => $"{answer.Value:N0} × {answer.Key}")),
                $"{phase.Age?.P50:N1} ms",
                $"{phase.Age?.P99:N1} ms",
                phase.IsBarHeld ? "held" : "missed",
                $"{phase.Closed:N0}",
                $"{phase.Cores:N2} cores, {phase.ResidentMegabytes:N0} MB");
        }

        summary.Write(phases);
        summary.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Clients:N0} honest clients at {report.Url}; all was back {report.RecoverySeconds:N1} s after the last attack"));
        summary.Write(report.Checks);
    }
}
