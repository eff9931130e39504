using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class PostgreSqlDemoApiKeyTests(PostgreSqlServer server) : DemoApiKeyTests
{
    internal override async Task<KeyDatabase> CreateDatabaseAsync() =>
        new PostgreSqlKeyDatabase(await PostgreSqlDatabase.CreateOrSkipAsync(server));
}
