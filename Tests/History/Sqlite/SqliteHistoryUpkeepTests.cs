namespace OrleansTicker.Tests.History.Sqlite;

/// <summary>The store over a SQLite file.</summary>
public sealed class SqliteHistoryUpkeepTests : HistoryUpkeepTests
{
    private protected override Task<HistoryDatabase> CreateDatabaseAsync() => Task.FromResult<HistoryDatabase>(new SqliteHistoryDatabase());
}
