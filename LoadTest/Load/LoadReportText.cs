using System.Globalization;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Load;

/// <summary>The report as text.</summary>
internal static class LoadReportText
{
    public static void Write(this Summary summary, LoadReport report)
    {
        var figures = Summary.TableOf("", report.Url);
        Summary.Row(figures, "clients", $"{report.Connected:N0} of {report.Clients:N0}, {report.SlowClients:N0} slow");
        Summary.Row(figures, "connects a second", $"{report.ConnectsPerSecond:N0} ({report.ConnectSeconds:N1} s)");
        Summary.Row(figures, "frames a second", $"{report.FramesPerSecond:N0} ({report.MegabytesPerSecond:N1} MB/s, {report.Seconds:N1} s)");
        Summary.Row(figures, "age of prices", AgeOf(report.Age));
        if (report.SlowClients > 0)
        {
            Summary.Row(figures, "age at slow clients", AgeOf(report.SlowAge));
        }

        Summary.Row(figures, "conflated ticks", $"{report.ConflatedTicks:N0} ({report.Snapshots:N0} snapshots)");
        Summary.Row(figures, "least served over mean", report.LeastServed.ToString("N2", CultureInfo.InvariantCulture));
        Summary.Row(figures, "closes by code", report.Closes.Count == 0 ? "none" : string.Join(", ", report.Closes.Select(close => $"{close.Key}: {close.Value:N0}")));
        Summary.Row(figures, "errors", report.Errors.Count == 0 ? "none" : string.Join('\n', report.Errors.Select(error => $"{error.Value:N0} × {error.Key}")));
        summary.Write(figures);
        summary.Write(report.Checks);
    }

    private static string AgeOf(AgeReport? age) => age is null
        ? "no prices came"
        : string.Create(CultureInfo.InvariantCulture, $"p50 {age.P50:N1}, p90 {age.P90:N1}, p99 {age.P99:N1}, p99.9 {age.P999:N1}, max {age.Max:N1} ms");
}
