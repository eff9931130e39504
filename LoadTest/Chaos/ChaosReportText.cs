using System.Globalization;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>The report as text.</summary>
internal static class ChaosReportText
{
    public static void Write(this Summary summary, ChaosReport report)
    {
        var faults = Summary.TableOf("fault", "hit", "longest silence", "p99", $"below {TickRate.Least}/s", "closed", "resumed / anew", "gap", "bar", "");
        foreach (var fault in report.Faults)
        {
            Summary.Row(
                faults,
                fault.Fault,
                fault.Target,
                $"{fault.LongestSilence:N2} s",
                $"{fault.SilenceP99:N2} s",
                string.Join('\n', fault.Shortfalls.Select(gateway => $"{gateway.Key} {gateway.Value:N2} s")),
                fault.SocketsClosed == 0 ? "0" : string.Join(", ", fault.Closes.Select(close => $"{close.Value} × {close.Key}")),
                $"{fault.Resumed} / {fault.BegunAnew}",
                $"{fault.CandleGap} s",
                fault.Bar,
                fault.IsBarHeld ? "held" : "missed");
        }

        summary.Write(faults);
        if (report.Faults.Any(fault => fault.Feeds.Count > 0))
        {
            var feeds = Summary.TableOf("fault", "feeds", "ticks paused", "bar", "");
            foreach (var fault in report.Faults)
            {
                var isBound = fault.FeedBar.Length > 0;
                Summary.Row(feeds, fault.Fault, string.Join('\n', fault.Feeds.Select(FeedTexts.Of)), $"{fault.LongestPause:N2} s", fault.FeedBar, !isBound ? "" : fault.IsFeedBarHeld ? "held" : "missed");
            }

            summary.Write(feeds);
        }

        summary.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Silos} silos, {report.Gateways} gateways, {report.Clients} clients, {report.Seconds:N0} s; {report.Comparisons:N0} markets compared, {report.FreshSnapshots} fresh snapshots; {report.Candles:N0} candles, gaps of {report.CandleGap} s"));
        foreach (var violation in report.Violations)
        {
            summary.WriteLine(violation);
        }

        summary.Write(report.Checks);
    }
}
