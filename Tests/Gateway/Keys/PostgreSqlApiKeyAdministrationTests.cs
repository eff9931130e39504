using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class PostgreSqlApiKeyAdministrationTests(PostgreSqlServer server) : ApiKeyAdministrationTests
{
    internal override async Task<KeyPlace> CreatePlaceAsync() =>
        new PostgreSqlKeyPlace(await PostgreSqlDatabase.CreateOrSkipAsync(server));
}
