using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class PostgreSqlApiKeyAdministrationTests(PostgreSqlServer server) : ApiKeyAdministrationTests
{
    internal override async Task<KeyDatabase> CreateDatabaseAsync() =>
        new PostgreSqlKeyDatabase(await PostgreSqlDatabase.CreateOrSkipAsync(server));
}
