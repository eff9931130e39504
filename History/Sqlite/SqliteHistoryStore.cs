using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.Sqlite;

/// <summary>
/// Keeps candles in a SQLite file, which several processes of one machine may use. SQLite blocks, so it runs on threads of its own: one
/// writes, and others read beside it.
/// </summary>
/// <param name="path">The file's whole path.</param>
/// <param name="time">Measures how long callers wait.</param>
internal sealed class SqliteHistoryStore(string path, TimeProvider time) : IHistoryStore, IDisposable
{
    /// <summary>How many callers read at once.</summary>
    private const int Readers = 3;

    /// <summary>The writer has in memory the page of each symbol that the next minute changes.</summary>
    private const int WriterCacheKilobytes = 32_768;
    private const int ReaderCacheKilobytes = 4_096;

    /// <summary>How many candles <see cref="ReadAllAsync"/> reads in one go, so that it holds up neither other readers nor the log.</summary>
    private const int Portion = 5_000;

    /// <summary>How long a caller waits: for a page or a write, for a shard at its start, and for what looks at every candle.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LoadPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CountPatience = TimeSpan.FromMinutes(5);

    private readonly SqliteFile _file = new(path);
    private readonly SqliteConnections _writers = new(path, WriterCacheKilobytes);
    private readonly SqliteConnections _readers = new(path, ReaderCacheKilobytes);
    private readonly BlockingThreads _writing = new("History writer", 1, time);
    private readonly BlockingThreads _reading = new("History reader", Readers, time);

    /// <inheritdoc/>
    public string Location => path;

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => RunAsync(
        _writing,
        _ =>
        {
            using var connection = _file.Create();
            SqliteSchema.Ensure(connection);
            return true;
        },
        Patience,
        cancellationToken);

    /// <inheritdoc/>
    public Task<ShardHistory> LoadAsync(
        int shard, DateTimeOffset secondsFrom, DateTimeOffset minutesFrom, DateTimeOffset hoursFrom, DateTimeOffset madeUntil, CancellationToken cancellationToken) =>
        ReadAsync(
            connection => new SqliteReader(connection).Load(
                shard, madeUntil, (CandleInterval.Second, secondsFrom), (CandleInterval.Minute, minutesFrom), (CandleInterval.Hour, hoursFrom)),
            LoadPatience,
            cancellationToken);

    /// <inheritdoc/>
    public Task<long> ClaimAsync(int shard, CancellationToken cancellationToken) => WriteAsync(connection => SqliteWriter.Claim(connection, shard), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<ShardWrite>> WriteAsync(IReadOnlyCollection<ShardWrite> writes, CancellationToken cancellationToken) => WriteAsync(
        connection =>
        {
            using var writer = new SqliteWriter(connection);
            return writer.Write(writes);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Candle>> ReadAsync(
        string symbol, CandleInterval interval, TimeRange range, int limit, bool isNewest, CancellationToken cancellationToken) =>
        ReadAsync(
            connection =>
            {
                var reader = new SqliteReader(connection);
                return reader.ReadSymbols("WHERE name = @name", ("@name", symbol)) is [var known]
                    ? reader.Read(known, interval, range, limit, isNewest)
                    : (IReadOnlyList<Candle>)[];
            },
            Patience,
            cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<SymbolCandle> ReadAllAsync(
        CandleInterval interval, TimeRange? range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var whole = range ?? new TimeRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
        var symbols = await ReadAsync(connection => new SqliteReader(connection).ReadSymbols(""), Patience, cancellationToken);
        var (index, next) = (0, whole.From);
        while (index < symbols.Count)
        {
            // Several symbols at a time, and parts of one that has many candles.
            var start = (index, next);
            var portion = await ReadAsync(connection => ReadPortion(connection, interval, symbols, start, whole), Patience, cancellationToken);
            foreach (var candle in portion.Candles)
            {
                yield return candle;
            }

            (index, next) = portion.Next;
        }
    }

    /// <inheritdoc/>
    public Task<bool> TrimAsync(IReadOnlyDictionary<CandleInterval, DateTimeOffset> limits, CancellationToken cancellationToken) =>
        WriteAsync(connection => new SqliteTrim(connection).Trim(limits), cancellationToken);

    /// <inheritdoc/>
    public Task<HistoryStats> GetStatsAsync(CancellationToken cancellationToken) => ReadAsync(
        connection => new HistoryStats(
            SqliteCounts.ReadSymbols(connection),
            new[] { path, path + "-wal" }.Select(name => new FileInfo(name)).Where(file => file.Exists).Sum(file => file.Length),
            [.. CandleIntervals.Kept.Select(interval => SqliteCounts.Read(connection, interval))]),
        CountPatience,
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Ends the threads and closes the file when they have finished.</summary>
    public void Dispose()
    {
        _writing.Dispose();
        _reading.Dispose();
        _writers.Dispose();
        _readers.Dispose();
    }

    private static (List<SymbolCandle> Candles, (int Index, DateTimeOffset From) Next) ReadPortion(
        SqliteConnection connection,
        CandleInterval interval,
        List<SqliteSymbol> symbols,
        (int Index, DateTimeOffset From) start,
        TimeRange range)
    {
        var reader = new SqliteReader(connection);
        var candles = new List<SymbolCandle>();
        var (index, from) = start;
        while (index < symbols.Count && candles.Count < Portion)
        {
            var limit = Portion - candles.Count;
            var read = reader.Read(symbols[index], interval, new TimeRange(from, range.To), limit, isNewest: false);
            candles.AddRange(read.Select(candle => new SymbolCandle(symbols[index].Name, interval, candle)));
            (index, from) = read.Count == limit ? (index, read[^1].OpenTime + interval.Length()) : (index + 1, range.From);
        }

        return (candles, (index, from));
    }

    private Task<T> ReadAsync<T>(Func<SqliteConnection, T> work, TimeSpan patience, CancellationToken cancellationToken) =>
        RunAsync(_reading, end => _readers.Use(work, end), patience, cancellationToken);

    private Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken) =>
        RunAsync(_writing, end => _writers.Use(work, end), Patience, cancellationToken);

    private async Task<T> RunAsync<T>(
        BlockingThreads threads, Func<CancellationToken, T> work, TimeSpan patience, CancellationToken cancellationToken)
    {
        try
        {
            return await threads.RunAsync(work, patience, cancellationToken);
        }
        catch (Exception exception) when (exception is SqliteException or IOException or UnauthorizedAccessException or TimeoutException)
        {
            throw HistoryFaults.Of(_file.Explain(exception), exception);
        }
        catch (InvalidDataException exception)
        {
            throw HistoryFaults.Of(new DatabaseFault(DatabaseFaultKind.Unavailable, exception.Message), exception);
        }
    }
}
