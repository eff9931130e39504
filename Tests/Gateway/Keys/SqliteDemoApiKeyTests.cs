namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class SqliteDemoApiKeyTests : DemoApiKeyTests
{
    internal override Task<KeyPlace> CreatePlaceAsync() => Task.FromResult<KeyPlace>(new SqliteKeyPlace());
}
