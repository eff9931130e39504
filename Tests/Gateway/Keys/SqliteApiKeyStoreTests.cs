using OrleansTicker.Gateway.Keys;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class SqliteApiKeyStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_good_key_stands_for_its_user()
    {
        using var host = await KeyHost.StartAsync(_folder);

        Assert.Equal(new ApiKey("laptop", "alice", "trader"), await host.FindAsync(host.AddKey()));
    }

    [Fact]
    public async Task An_unknown_a_malformed_an_expired_and_a_revoked_key_stand_for_nobody()
    {
        using var host = await KeyHost.StartAsync(_folder);
        var now = host.Time.GetUtcNow().ToUnixTimeSeconds();

        Assert.Null(await host.FindAsync(ApiKeyFormat.Create()));
        Assert.Null(await host.FindAsync("' OR 1=1 --"));
        Assert.Null(await host.FindAsync(host.AddKey(expiresAt: now)));
        Assert.Null(await host.FindAsync(host.AddKey(revokedAt: now - 1)));
        Assert.NotNull(await host.FindAsync(host.AddKey(expiresAt: now + 1)));
    }

    [Fact]
    public async Task Neither_the_key_nor_more_than_its_hint_is_in_the_database()
    {
        using var host = await KeyHost.StartAsync(_folder, "Production");
        var key = host.AddKey();
        await host.FindAsync(key);

        foreach (var file in Directory.GetFiles(_folder["data"]))
        {
            Assert.DoesNotContain(key[..9], await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        Assert.DoesNotContain("otk_", host.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stores_that_start_at_once_agree_on_one_schema_and_one_demo_key()
    {
        var hosts = Enumerable.Range(0, 6).Select(_ => new KeyHost(_folder)).ToList();
        using var barrier = new Barrier(hosts.Count);

        await Task.WhenAll(hosts.Select(host => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return host.StartAsync();
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));

        var key = Assert.Single(hosts.Select(host => host.LoggedDemoKey).Distinct());
        Assert.All(hosts, host => Assert.Equal("demo", host.FindAsync(key!).Result!.UserId));
        using var connection = hosts[0].Connect();
        Assert.Equal(1, connection.ReadLong("SELECT count(*) FROM api_keys"));
        Assert.Equal(ApiKeySchema.Version, connection.ReadLong("PRAGMA user_version"));
        hosts.ForEach(host => host.Dispose());
    }

    [Fact]
    public async Task A_database_of_a_newer_version_stops_the_start_with_a_sentence()
    {
        using (var host = await KeyHost.StartAsync(_folder))
        {
            using var connection = host.Connect();
            connection.Execute($"PRAGMA user_version = {ApiKeySchema.Version + 1}");
        }

        using var later = new KeyHost(_folder);
        var exception = await Assert.ThrowsAsync<NewerSchemaException>(later.StartAsync);
        Assert.Contains("run the newer version", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_unavailable_until_it_is_mended()
    {
        Directory.CreateDirectory(_folder["data"]);
        await File.WriteAllTextAsync(_folder["data/keys.db"], new string('x', 8192), TestContext.Current.CancellationToken);
        using var host = await KeyHost.StartAsync(_folder);

        await Assert.ThrowsAsync<ApiKeyStoreUnavailableException>(() => host.FindAsync(ApiKeyFormat.Create()));

        File.Delete(_folder["data/keys.db"]);
        Assert.Null(await host.FindAsync(ApiKeyFormat.Create()));
        Assert.NotNull(await host.FindAsync(host.LoggedDemoKey!));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_unavailable()
    {
        await File.WriteAllTextAsync(_folder["data"], "a file", TestContext.Current.CancellationToken);
        using var host = await KeyHost.StartAsync(_folder);

        await Assert.ThrowsAsync<ApiKeyStoreUnavailableException>(() => host.FindAsync(ApiKeyFormat.Create()));
    }

    [Fact]
    public async Task A_database_that_vanishes_is_unavailable_until_it_is_back()
    {
        using var host = await KeyHost.StartAsync(_folder);
        var key = host.AddKey();
        Assert.NotNull(await host.FindAsync(key));

        File.Move(host.Path, host.Path + ".away");
        await Assert.ThrowsAsync<ApiKeyStoreUnavailableException>(() => host.FindAsync(key));

        File.Move(host.Path + ".away", host.Path);
        Assert.NotNull(await host.FindAsync(key));
    }

    [Fact]
    public async Task The_last_use_is_noted_once_a_minute()
    {
        using var host = await KeyHost.StartAsync(_folder);
        var key = host.AddKey();
        var first = host.Time.GetUtcNow().ToUnixTimeSeconds();

        await host.FindAsync(key);
        host.Time.Advance(TimeSpan.FromSeconds(59));
        await host.FindAsync(key);
        Assert.Equal(first, LastUse(host));

        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.FindAsync(key);
        Assert.Equal(first + 60, LastUse(host));
    }

    [Fact]
    public async Task A_database_that_another_writes_to_still_finds_keys()
    {
        using var host = await KeyHost.StartAsync(_folder);
        var key = host.AddKey();
        using var other = host.Connect();
        using var writing = other.BeginTransaction(deferred: false);

        Assert.NotNull(await host.FindAsync(key));
    }

    private static long LastUse(KeyHost host)
    {
        using var connection = host.Connect();
        return connection.ReadLong("SELECT last_used_at FROM api_keys WHERE user_id = 'alice'");
    }
}
