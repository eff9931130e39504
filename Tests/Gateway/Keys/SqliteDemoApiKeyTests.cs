namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class SqliteDemoApiKeyTests : DemoApiKeyTests
{
    internal override Task<KeyDatabase> CreateDatabaseAsync() => Task.FromResult<KeyDatabase>(new SqliteKeyDatabase());
}
