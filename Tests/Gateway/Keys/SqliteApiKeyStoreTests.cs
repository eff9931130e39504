using OrleansTicker.Gateway.Keys;

namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class SqliteApiKeyStoreTests : ApiKeyStoreTests
{
    private string File => ((SqliteKeyDatabase)Database).Path;

    [Fact]
    public async Task A_file_that_is_no_database_is_unavailable_until_it_is_mended()
    {
        Directory.CreateDirectory(Database.Folder["data"]);
        await System.IO.File.WriteAllTextAsync(File, new string('x', 8192), Stop);
        var host = await StartAsync();

        await Assert.ThrowsAsync<ApiKeyStoreUnavailableException>(() => host.FindAsync(ApiKeyFormat.Create()));

        System.IO.File.Delete(File);
        Assert.Null(await host.FindAsync(ApiKeyFormat.Create()));
        Assert.NotNull(await host.FindAsync(host.LoggedDemoKey!));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_unavailable()
    {
        await System.IO.File.WriteAllTextAsync(Database.Folder["data"], "a file", Stop);
        var host = await StartAsync();

        await Assert.ThrowsAsync<ApiKeyStoreUnavailableException>(() => host.FindAsync(ApiKeyFormat.Create()));
    }

    internal override Task<KeyDatabase> CreateDatabaseAsync() => Task.FromResult<KeyDatabase>(new SqliteKeyDatabase());
}
