using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.History.PostgreSql;

/// <summary>The store over a PostgreSQL database.</summary>
public sealed class PostgreSqlHistoryUpkeepTests(PostgreSqlServer server) : HistoryUpkeepTests
{
    private protected override async Task<HistoryDatabase> CreateDatabaseAsync() =>
        new PostgreSqlHistoryDatabase(await PostgreSqlDatabase.CreateOrSkipAsync(server));
}
