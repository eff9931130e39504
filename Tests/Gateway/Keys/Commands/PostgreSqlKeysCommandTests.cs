using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys.Commands;

public sealed class PostgreSqlKeysCommandTests(PostgreSqlServer server) : KeysCommandTests
{
    internal override async Task<KeyDatabase> CreateDatabaseAsync() =>
        new PostgreSqlKeyDatabase(await PostgreSqlDatabase.CreateOrSkipAsync(server));
}
