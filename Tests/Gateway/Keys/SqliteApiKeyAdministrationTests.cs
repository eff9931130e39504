namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class SqliteApiKeyAdministrationTests : ApiKeyAdministrationTests
{
    internal override Task<KeyDatabase> CreateDatabaseAsync() => Task.FromResult<KeyDatabase>(new SqliteKeyDatabase());
}
