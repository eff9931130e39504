using Microsoft.Data.Sqlite;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Tests.Structure;
using static OrleansTicker.Tests.History.HistoryData;

namespace OrleansTicker.Tests.History.Sqlite;

/// <summary>The store over a SQLite file.</summary>
public sealed class SqliteHistoryStoreTests : HistoryStoreTests
{
    private string Path => ((SqliteHistoryDatabase)Database).Path;

    [Fact]
    public async Task The_documents_query_for_sqlite3_finds_candles()
    {
        await Store.WriteAsync(Writes(Series("BTC-USD", CandleInterval.Minute, 3)), Stop);

        var query = DocumentExamples.Of("docs/history.md", "sql")[0]; // The others are for psql and DuckDB.

        Assert.Equal("BTC-USD", await Database.QueryAsync(query));
    }

    [Fact]
    public async Task People_read_it_with_sqlite3()
    {
        await Store.WriteAsync(Writes([.. Series("BTC-USD", CandleInterval.Minute, 3), .. Series("BTC-USD", CandleInterval.Second, 2)]), Stop);

        Assert.Equal(
            "2026-03-01T00:02:00Z|102|103.5|101.75|103|0.5|51|3",
            await Database.QueryAsync(
                """
                SELECT open_time || '|' || open || '|' || high || '|' || low || '|' || close || '|' || volume || '|' || quote_volume || '|' || trades
                FROM candles WHERE symbol = 'BTC-USD' AND interval = '1m' ORDER BY open_time DESC LIMIT 1
                """));
        Assert.Equal(2L, await Database.QueryAsync("SELECT count(*) FROM candles WHERE interval = '1s'"));
    }

    [Fact]
    public async Task Readers_are_served_while_another_process_writes_and_writers_are_told_that_it_does()
    {
        await Store.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 1)), Stop);
        await using var other = new SqliteConnection($"Data Source={Path};Pooling=False");
        await other.OpenAsync(Stop);
        await using (var transaction = other.BeginTransaction(deferred: false))
        {
            Assert.Single(await ReadAsync("A-USD", CandleInterval.Day));
            var exception = await Assert.ThrowsAsync<HistoryUnavailableException>(() => Store.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 2)), Stop));
            Assert.Equal("The history cannot be reached: another process holds the file", exception.Message);
        }

        await Store.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 2)), Stop);
        Assert.Equal(2, (await ReadAsync("A-USD", CandleInterval.Day)).Count);
    }

    [Theory]
    [InlineData("This is a text and no database, and it is long enough to be read as one page of it.")]
    [InlineData("SQLite format 3\0 and then something else that no program has ever written there, to fill the header of 100 bytes")]
    public async Task A_file_that_is_no_database_is_told(string content)
    {
        await using var database = new SqliteHistoryDatabase();
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(database.Path)!);
        await File.WriteAllTextAsync(database.Path, content, Stop);
        await using var store = database.Open();

        var exception = await Assert.ThrowsAsync<HistoryUnavailableException>(() => store.PrepareAsync(Stop));

        Assert.Equal("The history cannot be reached: the file is damaged, or no SQLite database", exception.Message);
        Assert.Equal(content, await File.ReadAllTextAsync(database.Path, Stop));
    }

    [Theory]
    [InlineData("open = 'abc'")]
    [InlineData("high = '99999999999999999999999999999999'")]
    public async Task A_row_that_is_no_candle_is_told(string change)
    {
        await Store.WriteAsync(Writes(Series("A-USD", CandleInterval.Minute, 1)), Stop);
        await Database.QueryAsync($"UPDATE minutes SET {change}");

        var exception = await Assert.ThrowsAsync<HistoryUnavailableException>(
            () => Store.LoadAsync(ICandleGrain.ShardOf("A-USD"), Start, Start, Start, Never, Stop));
        Assert.Equal("The history cannot be reached: the file holds something that is no candle", exception.Message);
    }

    [Fact]
    public async Task A_damaged_file_is_told()
    {
        await Store.WriteAsync(Writes(Series("A-USD", CandleInterval.Minute, 5_000)), Stop);
        await Store.DisposeAsync();
        await using (var file = File.OpenWrite(Path))
        {
            file.Position = 8_192;
            await file.WriteAsync(new byte[file.Length - 8_192], Stop);
        }

        await using var store = Database.Open();
        var exception = await Assert.ThrowsAsync<HistoryUnavailableException>(() => store.GetStatsAsync(Stop));
        Assert.Equal("The history cannot be reached: the file is damaged, or no SQLite database", exception.Message);
    }

    [Fact]
    public async Task Before_it_is_prepared_nothing_is_created()
    {
        await using var database = new SqliteHistoryDatabase();
        await using var store = database.Open();

        var exception = await Assert.ThrowsAsync<HistoryUnavailableException>(() => store.GetStatsAsync(Stop));

        Assert.StartsWith("The history cannot be reached: ", exception.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(System.IO.Path.GetDirectoryName(database.Path)));
    }

    [Fact]
    public async Task A_file_that_was_replaced_is_noticed()
    {
        await Store.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 1)), Stop);
        await using (var other = new SqliteHistoryDatabase())
        {
            await using (var store = other.Open())
            {
                await store.PrepareAsync(Stop);
                await store.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 9)), Stop);
            }

            await Database.SetAwayAsync(true);
            File.Move(other.Path, Path);
        }

        Assert.Equal(9, (await ReadAsync("A-USD", CandleInterval.Day)).Count);
        await Store.WriteAsync(Writes(Series("B-USD", CandleInterval.Day, 2)), Stop);
        Assert.Equal(11L, await Database.QueryAsync("SELECT count(*) FROM days"));
    }

    [Fact]
    public async Task The_file_does_not_grow_while_as_much_goes_as_comes()
    {
        async Task RoundAsync(int round)
        {
            var from = Start.AddSeconds(2_000 * round);
            await Store.WriteAsync(Writes(Enumerable.Range(0, 5).SelectMany(number => Series($"S{number}-USD", CandleInterval.Second, 2_000, from))), Stop);
            while (await Store.TrimAsync(new Dictionary<CandleInterval, DateTimeOffset> { [CandleInterval.Second] = from }, Stop))
            {
                // There is more to delete.
            }
        }

        await RoundAsync(0);
        await RoundAsync(1);
        var before = await Database.QueryAsync("SELECT page_count FROM pragma_page_count");
        for (var round = 2; round < 8; round++)
        {
            await RoundAsync(round);
        }

        Assert.InRange((long)(await Database.QueryAsync("SELECT page_count FROM pragma_page_count"))!, 0, (long)before! * 3 / 2);
    }

    private protected override Task<HistoryDatabase> CreateDatabaseAsync() => Task.FromResult<HistoryDatabase>(new SqliteHistoryDatabase());
}
