using System.Globalization;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices.Replay;

/// <summary>Plays what the exchange really sent. The recording is no part of the repository.</summary>
public sealed class RealRecordingTests
{
    private const int SkippedLines = 2041;
    private const int Ended = 2042;

    [Fact]
    public async Task Each_product_ends_at_the_last_price_of_the_recording()
    {
        var path = Recording.FindOrSkip();
        using var logs = new SeenLogs();
        var options = new ReplayOptions { Path = path, Speed = 10_000, Loop = false };
        await using var source = new ReplaySource(options, TimeProvider.System, logs.For<ReplaySource>());
        source.Start();
        await logs.WaitForAsync(Ended);
        var collected = new Collected(source);
        collected.Turn();

        var expected = Recording.LastPrices(path);
        Assert.Equal(10, expected.Count);
        Assert.Equal(expected, collected.Newest.ToDictionary(q => q.Key, q => q.Value.Price.ToString(CultureInfo.InvariantCulture)));
        Assert.Empty(logs.Of(SkippedLines));
    }
}
