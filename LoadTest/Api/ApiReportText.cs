using System.Globalization;
using OrleansTicker.LoadTest.Reporting;

namespace OrleansTicker.LoadTest.Api;

/// <summary>The report as text.</summary>
internal static class ApiReportText
{
    public static void Write(this Summary summary, ApiReport report)
    {
        var figures = Summary.TableOf("", report.Url);
        Summary.Row(figures, "requests a second", string.Create(
            CultureInfo.InvariantCulture,
            $"{report.RequestsPerSecond:N0} ({report.MegabytesPerSecond:N1} MB/s, {report.Seconds:N1} s, {report.Connections} connections, {(report.Rate is { } rate ? $"{rate} asked" : "as fast as possible")})"));
        Summary.Row(figures, "latency", report.Latency is not { } latency
            ? "no answer came"
            : string.Create(CultureInfo.InvariantCulture, $"p50 {latency.P50:N2}, p90 {latency.P90:N2}, p99 {latency.P99:N2}, p99.9 {latency.P999:N2}, max {latency.Max:N2} ms"));
        Summary.Row(figures, "bytes an answer", report.Requests == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{(double)report.Bytes / report.Requests:N0}"));
        Summary.Row(figures, "statuses", string.Join(", ", report.Statuses.Select(status => string.Create(CultureInfo.InvariantCulture, $"{status.Key}: {status.Value:N0}"))));
        Summary.Row(figures, "errors", report.Errors.Count == 0 ? "none" : string.Join('\n', report.Errors.Select(error => string.Create(CultureInfo.InvariantCulture, $"{error.Value:N0} × {error.Key}"))));
        summary.Write(figures);
        summary.Write(report.Checks);
    }
}
