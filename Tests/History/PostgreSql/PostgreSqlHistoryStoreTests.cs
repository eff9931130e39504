using Npgsql;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.PostgreSql;
using OrleansTicker.Tests.Hosting;
using OrleansTicker.Tests.Structure;
using static OrleansTicker.Tests.History.HistoryData;

namespace OrleansTicker.Tests.History.PostgreSql;

/// <summary>The store over a PostgreSQL database.</summary>
public sealed class PostgreSqlHistoryStoreTests(PostgreSqlServer server) : HistoryStoreTests
{
    [Fact]
    public async Task The_documents_queries_for_psql_find_something()
    {
        var hour = CandleInterval.Hour.OpenTimeAt(TimeProvider.System.GetUtcNow());
        var writes = Writes([.. Series("BTC-USD", CandleInterval.Hour, 1, hour), .. Series("BTC-USD", CandleInterval.Day, 1)]);
        await Store.WriteAsync([.. writes.Select(write => write with { Covered = [Range(0, 60)] })], Stop);

        var queries = DocumentExamples.Of("docs/history.md", "sql")[1].Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(3, queries.Length);
        foreach (var query in queries)
        {
            Assert.NotNull(await Database.QueryAsync(query));
        }
    }

    [Fact]
    public async Task People_read_it_with_psql()
    {
        await Store.WriteAsync(Writes([.. Series("BTC-USD", CandleInterval.Minute, 3), .. Series("BTC-USD", CandleInterval.Second, 2)]), Stop);

        Assert.Equal(
            "2026-03-01 00:02:00+00|102|103.5|101.75|103|0.5|51|3",
            await Database.QueryAsync(
                """
                SELECT concat_ws('|', open_time, open, high, low, close, volume, quote_volume, trades)
                FROM candles WHERE symbol = 'BTC-USD' AND interval = '1m' ORDER BY open_time DESC LIMIT 1
                """));
        Assert.Equal(2L, await Database.QueryAsync("SELECT count(*) FROM candles WHERE interval = '1s'"));
    }

    [Fact]
    public async Task Candles_go_into_partitions_by_their_time_and_the_next_one_is_made_ahead()
    {
        SymbolCandle[] candles =
        [
            .. Series("A-USD", CandleInterval.Second, 2, Start.AddHours(13).AddMinutes(56)), .. Series("A-USD", CandleInterval.Minute, 2),
            .. Series("A-USD", CandleInterval.Hour, 2), .. Series("A-USD", CandleInterval.Day, 1),
        ];

        await Store.WriteAsync(Writes(candles), Stop);

        Assert.Equal(
            "days_2020010100 hours_2026010100 minutes_2026030100 seconds_2026030113 seconds_2026030114",
            await Database.QueryAsync("SELECT string_agg(inhrelid::regclass::TEXT, ' ' ORDER BY inhrelid::regclass::TEXT) FROM pg_inherits WHERE inhparent::regclass::TEXT ~ '^(seconds|minutes|hours|days)$'"));
        Assert.Equal(2L, await Database.QueryAsync("SELECT count(*) FROM seconds_2026030113"));
    }

    [Fact]
    public async Task A_partition_that_somebody_reads_for_long_is_dropped_later()
    {
        await Store.WriteAsync(Writes(Series("A-USD", CandleInterval.Minute, 2)), Stop);
        var limits = new Dictionary<CandleInterval, DateTimeOffset> { [CandleInterval.Minute] = Start.AddDays(1) };
        await using (var other = await ((PostgreSqlHistoryDatabase)Database).ConnectAsync())
        {
            await using var transaction = await other.BeginTransactionAsync(Stop);
            await using var command = new NpgsqlCommand("SELECT count(*) FROM history.minutes", (NpgsqlConnection)other);
            await command.ExecuteScalarAsync(Stop);

            Assert.False(await Store.TrimAsync(limits, Stop));
            Assert.Equal(2, (await ReadAsync("A-USD", CandleInterval.Minute)).Count);
        }

        Assert.False(await Store.TrimAsync(limits, Stop));
        Assert.Empty(await ReadAsync("A-USD", CandleInterval.Minute));
        await Store.WriteAsync(Writes(Series("A-USD", CandleInterval.Minute, 2)), Stop); // Its partition is made again.
        Assert.Equal(2, (await ReadAsync("A-USD", CandleInterval.Minute)).Count);
    }

    [Fact]
    public async Task A_server_that_is_read_only_can_be_read()
    {
        await Store.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 1)), Stop);
        await Database.QueryAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$");
        await using var store = Database.Open();

        var exception = await Assert.ThrowsAsync<HistoryUnavailableException>(() => store.WriteAsync(Writes(Series("A-USD", CandleInterval.Day, 2)), Stop));

        Assert.Equal("The history cannot be written: the server is read-only, such as a standby", exception.Message);
        Assert.Single(await store.ReadAllAsync(CandleInterval.Day, null, Stop).ToListAsync(Stop));
        await store.PrepareAsync(Stop);
    }

    [Fact]
    public async Task What_keeps_the_server_from_answering_is_told_without_its_password()
    {
        await using var store = new PostgreSqlHistoryStore($"Host=127.0.0.1;Port={FreePort.Find()};Username=silo;Password=secret", TimeProvider.System);

        var exception = await Assert.ThrowsAsync<HistoryUnavailableException>(() => store.PrepareAsync(Stop));

        Assert.Equal("The history cannot be reached: Connection refused", exception.Message);
        Assert.DoesNotContain("secret", $"{exception} {store.Location}", StringComparison.Ordinal);
    }

    private protected override async Task<HistoryDatabase> CreateDatabaseAsync() =>
        new PostgreSqlHistoryDatabase(await PostgreSqlDatabase.CreateOrSkipAsync(server));
}
