using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History;
using OrleansTicker.History.Hosting;

namespace OrleansTicker.Benchmarks;

/// <summary>
/// <c>history</c>: writes a day of 2,000 symbols into an empty store as fast as it goes, then seconds with trimming, then reads with and without a
/// writer beside. All arguments are the settings of the history; the default is a file in a temporary folder.
/// </summary>
internal static class HistoryRun
{
    /// <summary>The name of the command.</summary>
    public const string Name = "history";

    /// <summary>A day, the most of which is written several minutes at once to take less time; the rest is written as silos do.</summary>
    private const int Minutes = 24 * 60;
    private const int MinutesAtOnce = 10;
    private const int MinutesTimed = 60;
    private const int SecondsKept = 10 * 60;
    private const int PageSize = 1_000;

    /// <summary>How often silos write.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync(string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("orleansticker-history-");
        try
        {
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = folder.FullName, Args = settings });
            builder.Services.AddHistory(builder.Configuration);
            await using var app = builder.Build();
            var store = app.Services.GetRequiredService<IHistoryStore>();
            await store.PrepareAsync(CancellationToken.None);
            Print($"{HistoryCandles.Symbols.Length:N0} symbols, {store.Location}");
            await FillDayAsync(store);
            await WriteSecondsAsync(store);
            await ReadAsync(store, "reads alone", isWriting: false);
            await ReadAsync(store, "reads while written", isWriting: true);
            await LoadAsync(store);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillDayAsync(IHistoryStore store)
    {
        var candles = new HistoryCandles();
        var times = new List<double>();
        for (var minute = 0; minute < Minutes - MinutesTimed; minute += MinutesAtOnce)
        {
            await store.WriteAsync(candles.Next(CandleInterval.Minute, [.. Enumerable.Range(minute, MinutesAtOnce)]), CancellationToken.None);
        }

        for (var minute = Minutes - MinutesTimed; minute < Minutes; minute++)
        {
            var next = candles.Next(CandleInterval.Minute, minute);
            times.Add(await TimeAsync(() => store.WriteAsync(next, CancellationToken.None)));
        }

        await store.WriteAsync(candles.Next(CandleInterval.Hour, [.. Enumerable.Range(0, 24)]), CancellationToken.None);
        await store.WriteAsync(candles.Next(CandleInterval.Day, 0), CancellationToken.None);
        var stats = await store.GetStatsAsync(CancellationToken.None);
        Print($"a day without seconds: {stats.Bytes / 1e6:N0} MB, {stats.Bytes / (double)stats.Intervals.Sum(interval => interval.Candles):N0} bytes a candle");
        Tell("write of a minute", times);
    }

    private static async Task WriteSecondsAsync(IHistoryStore store)
    {
        var candles = new HistoryCandles();
        var (times, trims, processor) = (new List<double>(), new List<double>(), Process.GetCurrentProcess().TotalProcessorTime);
        var before = (await store.GetStatsAsync(CancellationToken.None)).Bytes;
        var full = 0L;
        for (var second = 0; second < 2 * SecondsKept; second += 2)
        {
            if (second == SecondsKept)
            {
                full = (await store.GetStatsAsync(CancellationToken.None)).Bytes;
            }

            var next = candles.Next(CandleInterval.Second, second, second + 1);
            times.Add(await TimeAsync(() => store.WriteAsync(next, CancellationToken.None)));
            var limits = new Dictionary<CandleInterval, DateTimeOffset> { [CandleInterval.Second] = HistoryCandles.Start.AddSeconds(second - SecondsKept) };
            bool hasMore;
            do
            {
                hasMore = false;
                trims.Add(await TimeAsync(async () => hasMore = await store.TrimAsync(limits, CancellationToken.None)));
            }
            while (hasMore);
        }

        var end = (await store.GetStatsAsync(CancellationToken.None)).Bytes;
        Tell("write of two seconds", times);
        Tell("step of trimming", trims);
        var busy = Process.GetCurrentProcess().TotalProcessorTime - processor;
        Print($"processor time for each second of the market, trimming included: {busy.TotalMilliseconds / (2 * SecondsKept):N1} ms");
        Print($"{SecondsKept / 60} minutes of seconds: {(full - before) / 1e6:N0} MB; after as many more, with trimming: {(end - before) / 1e6:N0} MB");
    }

    private static async Task ReadAsync(IHistoryStore store, string name, bool isWriting)
    {
        using var stop = new CancellationTokenSource();
        var writer = isWriting ? WriteAsync(store, stop.Token) : Task.CompletedTask;
        var (times, random, startedAt) = (new List<double>(), new Random(1), TimeProvider.System.GetTimestamp());
        var to = HistoryCandles.Start.AddMinutes(Minutes);
        while (TimeProvider.System.GetElapsedTime(startedAt) < Reading)
        {
            var symbol = HistoryCandles.Symbols[random.Next(HistoryCandles.Symbols.Length)];
            times.Add(await TimeAsync(() => store.ReadAsync(
                symbol, CandleInterval.Minute, new TimeRange(HistoryCandles.Start, to), PageSize, isNewest: true, CancellationToken.None)));
            await Task.Delay(BetweenReads, TimeProvider.System);
        }

        await stop.CancelAsync();
        await writer;
        Tell($"{name}, {PageSize:N0} minutes each", times);
    }

    private static async Task WriteAsync(IHistoryStore store, CancellationToken stop)
    {
        var candles = new HistoryCandles();
        for (var second = 2 * SecondsKept; !stop.IsCancellationRequested; second += 2)
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            await store.WriteAsync(candles.Next(CandleInterval.Second, second, second + 1), CancellationToken.None);
            var rest = Pace - TimeProvider.System.GetElapsedTime(startedAt);
            await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, TimeProvider.System, CancellationToken.None);
        }
    }

    private static async Task LoadAsync(IHistoryStore store)
    {
        var times = new List<double>();
        for (var shard = 0; shard < ICandleGrain.Shards; shard++)
        {
            var number = shard;
            times.Add(await TimeAsync(() => store.LoadAsync(
                number, HistoryCandles.Start.AddSeconds(2 * SecondsKept - 600), HistoryCandles.Start, HistoryCandles.Start, DateTimeOffset.MaxValue, CancellationToken.None)));
        }

        Tell("load of a shard, a day of minutes and 10 minutes of seconds", times);
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        await work();
        return TimeProvider.System.GetElapsedTime(startedAt).TotalMilliseconds;
    }

    private static void Tell(string what, List<double> times)
    {
        times.Sort();
        double At(double share) => times[(int)(share * (times.Count - 1))];
        Print($"{what}: p50 {At(0.5):N1}, p99 {At(0.99):N1}, max {At(1):N1} ms");
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
