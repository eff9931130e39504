using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using OrleansTicker.Gateway.Hosting;

namespace OrleansTicker.Benchmarks;

/// <summary>
/// <c>market</c>: runs a gateway in this process, measures it for a while after it has warmed up, and prints what it cost and how old what the exchanges
/// said was when it had arrived. All arguments are the gateway's settings.
/// </summary>
internal static class MarketRun
{
    /// <summary>The name of the command.</summary>
    public const string Name = "market";

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    public static async Task RunAsync(string[] settings)
    {
        await using var app = GatewayApplication.Build(new WebApplicationOptions { Args = settings });
        using var delays = new MeterListener();
        var measured = new List<double>();
        delays.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "ticker.exchange_delay")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        delays.SetMeasurementEventCallback<double>((_, delay, _, _) =>
        {
            lock (measured)
            {
                measured.Add(delay);
            }
        });
        delays.Start();
        await app.StartAsync();
        await Task.Delay(WarmUp, TimeProvider.System);
        lock (measured)
        {
            measured.Clear();
        }

        using var process = Process.GetCurrentProcess();
        var (startedAt, before) = (TimeProvider.System.GetTimestamp(), process.TotalProcessorTime);
        await Task.Delay(Length, TimeProvider.System);
        process.Refresh();
        var (took, busy) = (TimeProvider.System.GetElapsedTime(startedAt), process.TotalProcessorTime - before);
        double[] sorted;
        lock (measured)
        {
            sorted = [.. measured.Order()];
        }

        await app.StopAsync();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{100 * (busy / took):N1} % of a core, {process.WorkingSet64 / 1024 / 1024} MB, {sorted.Length / took.TotalSeconds:N0} quotes of exchanges a second; exchange to market: p50 {At(sorted, 0.5):N1}, p99 {At(sorted, 0.99):N1} ms"));
    }

    private static double At(double[] sorted, double share) => sorted.Length == 0 ? double.NaN : sorted[(int)(share * (sorted.Length - 1))];
}
