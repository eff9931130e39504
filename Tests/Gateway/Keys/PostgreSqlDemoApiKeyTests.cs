using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class PostgreSqlDemoApiKeyTests(PostgreSqlServer server) : DemoApiKeyTests
{
    internal override async Task<KeyPlace> CreatePlaceAsync() =>
        new PostgreSqlKeyPlace(await PostgreSqlDatabase.CreateOrSkipAsync(server));
}
