using System.Globalization;
using System.Text.Json;
using OrleansTicker.Grains.Prices.Replay;

namespace OrleansTicker.Tests.Grains.Prices.Replay;

/// <summary>Plays what the exchange really sent. The recording is no part of the repository.</summary>
public sealed class RealRecordingTests
{
    private const int SkippedLines = 2041;
    private const int Ended = 2042;

    private static readonly string Recording = Path.Combine("shared", "recordings", "coinbase-exchange-2021-04-17.tsv");

    [Fact]
    public async Task Each_product_ends_at_the_last_price_of_the_recording()
    {
        var path = Find();
        Assert.SkipWhen(path is null, $"There is no {Recording} beside the repository.");
        using var logs = new SeenLogs();
        var options = new ReplayOptions { Path = path, Speed = 10_000, Loop = false };
        await using var source = new ReplaySource(options, TimeProvider.System, logs.For<ReplaySource>());
        source.Start();
        await logs.WaitForAsync(Ended);
        var collected = new Collected(source);
        collected.Turn();

        var expected = LastPrices(path);
        Assert.Equal(10, expected.Count);
        Assert.Equal(expected, collected.Newest.ToDictionary(q => q.Key, q => q.Value.Price.ToString(CultureInfo.InvariantCulture)));
        Assert.Empty(logs.Of(SkippedLines));
    }

    private static string? Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, Recording);
            if (File.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    // Read by other means than the source's own.
    private static Dictionary<string, string> LastPrices(string path)
    {
        var last = new Dictionary<string, string>();
        foreach (var line in File.ReadLines(path))
        {
            using var message = JsonDocument.Parse(line.Split('\t', 2)[1]);
            if (message.RootElement.GetProperty("type").GetString() == "ticker")
            {
                last[message.RootElement.GetProperty("product_id").GetString()!] = message.RootElement.GetProperty("price").GetString()!;
            }
        }

        return last;
    }
}
