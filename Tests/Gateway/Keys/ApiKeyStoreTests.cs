using System.Text;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Gateway.Keys.Storage;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>What holds for API keys in any database.</summary>
public abstract class ApiKeyStoreTests : KeyTest
{
    [Fact]
    public async Task A_good_key_stands_for_its_user()
    {
        var host = await StartAsync();

        var key = await host.FindAsync(await host.AddKeyAsync());
        Assert.Equal(new ApiKey(key!.Id, "alice", "trader"), key);
    }

    [Fact]
    public async Task An_unknown_a_malformed_an_expired_and_a_revoked_key_stand_for_nobody()
    {
        var host = await StartAsync();
        var now = host.Time.GetUtcNow().ToUnixTimeSeconds();

        Assert.Null(await host.FindAsync(ApiKeyFormat.Create()));
        Assert.Null(await host.FindAsync("' OR 1=1 --"));
        Assert.Null(await host.FindAsync(await host.AddKeyAsync(expiresAt: now)));
        Assert.Null(await host.FindAsync(await host.AddKeyAsync(revokedAt: now - 1)));
        Assert.NotNull(await host.FindAsync(await host.AddKeyAsync(expiresAt: now + 1)));
    }

    [Fact]
    public async Task A_database_that_leaks_holds_no_more_of_a_key_than_its_hint()
    {
        var host = await StartAsync("Production");
        List<string> created = [], rotated = [];
        for (var i = 0; i < 4; i++)
        {
            var old = await host.Store.CreateAsync(new NewApiKey("laptop", "alice"), Stop);
            created.Add(old.Key);
            rotated.Add((await host.Store.RotateAsync(old.Record.Id, TimeSpan.FromHours(1), Stop)).New!.Key);
            Assert.NotNull(await host.FindAsync(created[i]));
            Assert.NotNull(await host.FindAsync(rotated[i]));
        }

        var bytes = await Database.ReadBytesAsync();
        Assert.All(created.Concat(rotated), key => Assert.True(Holds(key[..8]), "Not even the hint is there: these are not the right bytes"));
        Assert.All(created.Concat(rotated), key => Assert.False(Holds(key[20..]), "The key's end is there"));

        // By chance, a hint may be followed by the next character of its key, but not all of them.
        Assert.Contains(created, key => !Holds(key[..9]));
        Assert.Contains(rotated, key => !Holds(key[..9]));

        bool Holds(string part) => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(part)) >= 0;
    }

    [Fact]
    public async Task Nothing_secret_is_logged_in_Production()
    {
        var host = await StartAsync("Production");
        var created = await host.Store.CreateAsync(new NewApiKey("laptop", "alice"), Stop);
        await host.FindAsync(created.Key);
        await host.FindAsync(ApiKeyFormat.Create());
        var rotated = await host.Store.RotateAsync(created.Record.Id, TimeSpan.Zero, Stop);
        await host.Store.RevokeAsync(rotated.New!.Record.Id, Stop);
        await Database.SetAwayAsync(true);
        await Assert.ThrowsAsync<ApiKeyStoreUnavailableException>(() => host.FindAsync(created.Key));
        await Database.SetAwayAsync(false);

        Assert.DoesNotContain("otk_", host.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(created.Key, created.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stores_that_start_at_once_agree_on_one_schema_and_one_demo_key()
    {
        var hosts = Enumerable.Range(0, 6).Select(_ => NewHost()).ToList();
        using var barrier = new Barrier(hosts.Count);

        await Task.WhenAll(hosts.Select(host => Task.Factory.StartNew(
            () =>
            {
                barrier.SignalAndWait();
                return host.StartAsync();
            },
            Stop,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));

        var key = Assert.Single(hosts.Select(host => host.LoggedDemoKey).Distinct());
        foreach (var host in hosts)
        {
            Assert.Equal("demo", (await host.FindAsync(key!))?.UserId);
        }

        Assert.Equal(1, await ReadLongAsync("SELECT count(*) FROM api_keys"));
        Assert.Equal(ApiKeySchema.Version, await ReadVersionAsync(hosts[0]));
    }

    [Fact]
    public async Task A_database_of_an_older_version_is_migrated_with_nothing_lost()
    {
        var host = NewHost();
        await ExecuteAsync(ApiKeySchema.Migrations(host.Get<IApiKeyDatabase>().Dialect)[0]);
        await ExecuteAsync(Database.SetVersion(1));
        var now = host.Time.GetUtcNow().ToUnixTimeSeconds();
        var good = await host.AddKeyAsync(expiresAt: now + 60);
        var revoked = await host.AddKeyAsync(revokedAt: now - 60);

        await host.StartAsync();

        Assert.Equal(ApiKeySchema.Version, await ReadVersionAsync(host));
        Assert.Equal("alice", (await host.FindAsync(good))?.UserId);
        Assert.Null(await host.FindAsync(revoked));
        var keys = await host.Store.ListAsync("alice", withEnded: true, Stop);
        Assert.Equal(
            [
                new ApiKeyRecord(1, good[..8], "laptop", "alice", "trader", DateTimeOffset.UnixEpoch, host.Time.GetUtcNow().AddSeconds(60), null, host.Time.GetUtcNow(), null, false),
                new ApiKeyRecord(2, revoked[..8], "laptop", "alice", "trader", DateTimeOffset.UnixEpoch, null, host.Time.GetUtcNow().AddSeconds(-60), null, null, false),
            ],
            keys);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_stops_the_start_with_a_sentence_and_stays_as_it_is()
    {
        await StartAsync();
        await ExecuteAsync(Database.SetVersion(ApiKeySchema.Version + 1));

        var later = NewHost();
        var exception = await Assert.ThrowsAsync<NewerSchemaException>(later.StartAsync);
        Assert.Contains("run the newer version again, or set Keys:", exception.Message, StringComparison.Ordinal);
        Assert.Equal(ApiKeySchema.Version + 1, await ReadVersionAsync(later));
    }

    [Fact]
    public async Task A_database_that_vanishes_is_unavailable_until_it_is_back()
    {
        var host = await StartAsync();
        var key = await host.AddKeyAsync();
        Assert.NotNull(await host.FindAsync(key));

        await Database.SetAwayAsync(true);
        await Assert.ThrowsAsync<ApiKeyStoreUnavailableException>(() => host.FindAsync(key));

        await Database.SetAwayAsync(false);
        Assert.NotNull(await host.FindAsync(key));
    }

    [Fact]
    public async Task The_last_use_is_noted_once_a_minute()
    {
        var host = await StartAsync();
        var key = await host.AddKeyAsync();
        var first = host.Time.GetUtcNow().ToUnixTimeSeconds();

        await host.FindAsync(key);
        host.Time.Advance(TimeSpan.FromSeconds(59));
        await host.FindAsync(key);
        Assert.Equal(first, await LastUseAsync());

        host.Time.Advance(TimeSpan.FromSeconds(1));
        await host.FindAsync(key);
        Assert.Equal(first + 60, await LastUseAsync());
    }

    [Fact]
    public async Task A_database_that_another_writes_to_still_finds_keys()
    {
        var host = await StartAsync();
        var key = await host.AddKeyAsync();
        await using var other = await Database.ConnectAsync();
        await using var writing = await Database.HoldAsync(other);

        Assert.NotNull(await host.FindAsync(key));
    }

    [Fact]
    public async Task A_user_whose_name_no_database_can_hold_has_no_keys()
    {
        var host = await StartAsync();
        await host.AddKeyAsync();

        foreach (var user in new[] { "a\0b", "\0", "\ud800", "\udc00a", new string('a', 100_000), "' OR 1=1 --", "\u0001\u202e", "" })
        {
            Assert.Empty(await host.Store.ListAsync(user, withEnded: true, Stop));
        }
    }

    [Fact]
    public async Task What_no_database_can_hold_never_becomes_a_key()
    {
        var host = await StartAsync();
        foreach (var text in new[] { "a\0b", "a\ud800", new string('a', 100_000) })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => host.Store.CreateAsync(new(text, "alice"), Stop));
            await Assert.ThrowsAsync<ArgumentException>(() => host.Store.CreateAsync(new("laptop", text), Stop));
            await Assert.ThrowsAsync<ArgumentException>(() => host.Store.CreateAsync(new("laptop", "alice", text), Stop));
            Assert.Null(await host.FindAsync(text));
        }
    }

    [Fact]
    public async Task A_database_that_answers_with_an_error_is_not_told_to_be_out_of_reach()
    {
        var host = await StartAsync();
        await ExecuteAsync("ALTER TABLE api_keys RENAME COLUMN role TO task");

        var exception = await Assert.ThrowsAsync<ApiKeyStoreUnavailableException>(() => host.FindAsync(ApiKeyFormat.Create()));

        Assert.Equal(DatabaseFaultKind.Refused, exception.Kind);
        Assert.Matches("^The database of the API keys, .*, refused the request: .*role", exception.Message);
    }

    private async Task<long> ReadVersionAsync(KeyHost host)
    {
        await using var connection = await Database.ConnectAsync();
        return await host.Get<IApiKeyDatabase>().ReadVersionAsync(connection, Stop);
    }

    private Task<long> LastUseAsync() => ReadLongAsync("SELECT last_used_at FROM api_keys WHERE user_id = 'alice'");
}
