using OrleansTicker.History.Formats;
using OrleansTicker.LoadTest.Attack;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.LoadTest.Attack;

public sealed class InventedHistoryTests
{
    [Fact]
    public async Task The_gateway_can_read_the_file_and_its_candles_end_before_the_time_that_is_wanted()
    {
        using var folder = new TemporaryFolder();
        var path = folder["history.csv"];
        var until = new DateTimeOffset(2026, 11, 24, 8, 49, 40, TimeSpan.Zero);

        var count = await InventedHistory.WriteAsync(path, until, TimeSpan.FromHours(2), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        await using var file = File.OpenRead(path);
        var rows = await CandleFormats.Csv.ReadAsync(file, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal((3 * 150, 3 * 150), (count, rows.Count));
        Assert.All(rows, row => Assert.Null(row.Error));
        Assert.Equal(until - TimeSpan.FromSeconds(1), rows.Max(row => row.Candle.Candle.OpenTime));
    }
}
