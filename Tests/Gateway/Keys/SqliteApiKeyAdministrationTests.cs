namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class SqliteApiKeyAdministrationTests : ApiKeyAdministrationTests
{
    internal override Task<KeyPlace> CreatePlaceAsync() => Task.FromResult<KeyPlace>(new SqliteKeyPlace());
}
