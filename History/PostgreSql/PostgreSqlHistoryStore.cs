using System.Runtime.CompilerServices;
using System.Text;
using Npgsql;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Databases;

namespace OrleansTicker.History.PostgreSql;

/// <summary>Keeps candles in a PostgreSQL database, which must exist; its tables are created. Silos on several machines may share it.</summary>
internal sealed class PostgreSqlHistoryStore : IHistoryStore, IDisposable
{
    /// <summary>How many candles <see cref="ReadAllAsync"/> reads in one go.</summary>
    private const int Portion = 5_000;

    /// <summary>How long a caller waits: for a page or a write, for a shard at its start, and for what looks at every candle.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LoadPatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan CountPatience = TimeSpan.FromMinutes(5);

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private volatile bool _isChecked;

    /// <param name="connectionString">The server and the database, in Npgsql's words.</param>
    /// <param name="time">Measures how long callers wait.</param>
    public PostgreSqlHistoryStore(string? connectionString, TimeProvider time)
    {
        _settings = PostgreSqlSource.Read(connectionString);
        _settings.CommandTimeout = 0; // Each call has a deadline as a whole.
        _source = NpgsqlDataSource.Create(_settings);
        _time = time;
        Location = PostgreSqlSource.LocationOf(_settings);
    }

    /// <inheritdoc/>
    public string Location { get; }

    /// <inheritdoc/>
    public Task PrepareAsync(CancellationToken cancellationToken) => GuardAsync(
        async end =>
        {
            await using var connection = await _source.OpenConnectionAsync(end);
            await PostgreSqlSchema.EnsureAsync(connection, end);
            return true;
        },
        Patience,
        cancellationToken);

    /// <inheritdoc/>
    public Task<ShardHistory> LoadAsync(
        int shard, DateTimeOffset secondsFrom, DateTimeOffset minutesFrom, DateTimeOffset hoursFrom, DateTimeOffset madeUntil, CancellationToken cancellationToken) => RunAsync(
        (connection, end) => new PostgreSqlReader(connection).LoadAsync(
            shard, [(CandleInterval.Second, secondsFrom), (CandleInterval.Minute, minutesFrom), (CandleInterval.Hour, hoursFrom)], madeUntil, end),
        LoadPatience,
        cancellationToken);

    /// <inheritdoc/>
    public Task<long> ClaimAsync(int shard, CancellationToken cancellationToken) =>
        RunAsync((connection, end) => PostgreSqlWriter.ClaimAsync(connection, shard, end), Patience, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyCollection<ShardWrite>> WriteAsync(IReadOnlyCollection<ShardWrite> writes, CancellationToken cancellationToken) => RunAsync(
        (connection, end) => new PostgreSqlWriter(connection).WriteAsync(writes, end), Patience, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Candle>> ReadAsync(
        string symbol, CandleInterval interval, TimeRange range, int limit, bool isNewest, CancellationToken cancellationToken) => CanHold(symbol)
        ? RunAsync((connection, end) => new PostgreSqlReader(connection).ReadAsync(symbol, interval, range, limit, isNewest, end), Patience, cancellationToken)
        : Task.FromResult<IReadOnlyList<Candle>>([]);

    /// <inheritdoc/>
    public async IAsyncEnumerable<SymbolCandle> ReadAllAsync(
        CandleInterval interval, TimeRange? range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var symbols = await RunAsync((connection, end) => new PostgreSqlReader(connection).ReadSymbolsAsync(end), Patience, cancellationToken);
        var to = range?.To ?? DateTimeOffset.MaxValue;
        foreach (var symbol in symbols)
        {
            var from = range?.From ?? DateTimeOffset.MinValue;
            IReadOnlyList<Candle> portion;
            do
            {
                portion = await ReadAsync(symbol, interval, new TimeRange(from, to), Portion, isNewest: false, cancellationToken);
                foreach (var candle in portion)
                {
                    yield return new SymbolCandle(symbol, interval, candle);
                    from = candle.OpenTime + interval.Length();
                }
            }
            while (portion.Count == Portion);
        }
    }

    /// <inheritdoc/>
    public Task<bool> TrimAsync(IReadOnlyDictionary<CandleInterval, DateTimeOffset> limits, CancellationToken cancellationToken) => RunAsync(
        async (connection, end) =>
        {
            var hasMore = false;
            foreach (var (interval, limit) in limits)
            {
                hasMore |= await new PostgreSqlPartitions(connection).DropOldestAsync(interval, limit, end);
            }

            if (CandleIntervals.Kept.All(limits.ContainsKey))
            {
                await connection.ExecuteAsync(
                    "UPDATE history.shards SET covered = covered - tstzmultirange(tstzrange(NULL, @limit)) WHERE covered && tstzrange(NULL, @limit)",
                    end,
                    ("@limit", limits.Values.Min().UtcDateTime));
            }

            return hasMore;
        },
        Patience,
        cancellationToken);

    /// <inheritdoc/>
    public Task<HistoryStats> GetStatsAsync(CancellationToken cancellationToken) => RunAsync(
        async (connection, end) =>
        {
            var reader = new PostgreSqlReader(connection);
            var intervals = new List<IntervalStats>();
            foreach (var interval in CandleIntervals.Kept)
            {
                intervals.Add(await reader.CountAsync(interval, end));
            }

            return new HistoryStats((int)await reader.CountSymbolsAsync(end), await reader.MeasureAsync(end), [.. intervals]);
        },
        CountPatience,
        cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _source.Dispose();

    /// <summary>Whether PostgreSQL can hold a text: it refuses a request with NUL or half a character.</summary>
    private static bool CanHold(string text) => !text.Contains('\0', StringComparison.Ordinal) && !text.EnumerateRunes().Contains(Rune.ReplacementChar);

    private Task<T> RunAsync<T>(
        Func<NpgsqlConnection, CancellationToken, Task<T>> work, TimeSpan patience, CancellationToken cancellationToken) => GuardAsync(
        async end =>
        {
            await using var connection = await _source.OpenConnectionAsync(end);
            if (!_isChecked)
            {
                await PostgreSqlSchema.CheckAsync(connection, end);
                _isChecked = true;
            }

            return await work(connection, end);
        },
        patience,
        cancellationToken);

    private async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> work, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await work(either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw HistoryFaults.Of(new DatabaseFault(DatabaseFaultKind.Unavailable, "no answer in time"), exception);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or HistoryUnavailableException or ArgumentException))
        {
            _isChecked = false;
            var fault = PostgreSqlFaults.IsFault(exception)
                ? PostgreSqlFaults.Explain(exception)
                : new DatabaseFault(DatabaseFaultKind.Unavailable, PostgreSqlSource.Refusal(HistoryOptions.Section, exception, _settings));
            throw HistoryFaults.Of(fault, exception);
        }
    }
}
