using System.Globalization;
using Npgsql;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.PostgreSql;

/// <summary>Creates and drops partitions.</summary>
/// <param name="connection">The connection, for this work alone.</param>
internal sealed class PostgreSqlPartitions(NpgsqlConnection connection)
{
    /// <summary>Creates the partitions that candles need, and those that later ones will need soon.</summary>
    public async Task EnsureAsync(IEnumerable<SymbolCandle> candles, CancellationToken cancellationToken)
    {
        var needed = candles.Select(candle => (candle.Interval, Partition.Of(candle.Interval, candle.Candle.OpenTime).From)).Distinct()
            .SelectMany(part => WithNext(part.Interval, part.From, candles)).ToDictionary(partition => partition.Name);
        if (needed.Count == 0 || await FindMissingAsync() is [])
        {
            return;
        }

        await using var transaction = await PostgreSqlSchema.BeginExclusiveAsync(connection, cancellationToken);
        foreach (var name in await FindMissingAsync())
        {
            await connection.ExecuteAsync(CreationOf(needed[name]), cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);

        Task<IReadOnlyList<string>> FindMissingAsync() => connection.ReadAsync(
            """
            SELECT wanted FROM unnest(@names) AS wanted WHERE NOT EXISTS (
              SELECT 1 FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace WHERE nspname = 'history' AND relname = wanted)
            """,
            row => row.GetString(0),
            cancellationToken,
            ("@names", needed.Keys.ToArray()));
    }

    /// <summary>Drops the oldest partition of an interval whose period ends at a time or before.</summary>
    /// <returns>Whether there are more.</returns>
    public async Task<bool> DropOldestAsync(CandleInterval interval, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var names = await connection.ReadAsync(
            """
            SELECT part.relname::TEXT FROM pg_inherits
            JOIN pg_class AS part ON part.oid = inhrelid JOIN pg_class AS whole ON whole.oid = inhparent
            JOIN pg_namespace ON pg_namespace.oid = whole.relnamespace
            WHERE nspname = 'history' AND whole.relname = @table
            """,
            row => row.GetString(0),
            cancellationToken,
            ("@table", CandleTables.Of(interval)));
        var old = names.Select(name => Partition.Find(interval, name)).Where(partition => partition?.To <= limit)
            .OrderBy(partition => partition!.From).ToList();
        if (old.Count == 0)
        {
            return false;
        }

        // Whoever reads or writes the table is waited for, and waits meanwhile; so it is tried again later if that takes longer than a moment.
        await using var transaction = await PostgreSqlSchema.BeginExclusiveAsync(connection, cancellationToken);
        try
        {
            await connection.ExecuteAsync($"SET LOCAL lock_timeout = 500; DROP TABLE IF EXISTS history.{old[0]!.Name}", cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return old.Count > 1;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    private static IEnumerable<Partition> WithNext(CandleInterval interval, DateTimeOffset from, IEnumerable<SymbolCandle> candles)
    {
        var partition = Partition.Of(interval, from);
        yield return partition;
        var newest = candles.Where(candle => candle.Interval == interval).Max(candle => candle.Candle.OpenTime);
        if (newest < partition.To && newest + Partition.LeadOf(interval) >= partition.To)
        {
            yield return Partition.Of(interval, partition.To);
        }
    }

    // A table that is attached, other than one that is created as a partition, keeps nobody from reading the others meanwhile.
    private static string CreationOf(Partition partition)
    {
        var table = $"history.{CandleTables.Of(partition.Interval)}";
        return $"""
            CREATE TABLE history.{partition.Name} (LIKE {table} INCLUDING ALL);
            ALTER TABLE {table} ATTACH PARTITION history.{partition.Name} FOR VALUES FROM ('{Text(partition.From)}') TO ('{Text(partition.To)}');
            """;
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss+00", CultureInfo.InvariantCulture);
}
