using OrleansTicker.Gateway.Keys;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>The life of an API key, over any database.</summary>
public abstract class ApiKeyAdministrationTests : KeyTest
{
    [Fact]
    public async Task A_key_that_was_made_works_until_its_time_is_over()
    {
        var host = await StartAsync();
        var now = host.Time.GetUtcNow();

        var created = await host.Store.CreateAsync(new NewApiKey("Zoë's laptop", "alice", "trader", TimeSpan.FromHours(1)), Stop);

        Assert.Equal(
            new ApiKeyRecord(
                created.Record.Id, created.Key[..8], "Zoë's laptop", "alice", "trader", now, now.AddHours(1), null, null, null, false),
            created.Record);
        Assert.Equal(new ApiKey(created.Record.Id, "alice", "trader"), await host.FindAsync(created.Key));
        host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await host.FindAsync(created.Key));
    }

    [Fact]
    public async Task The_list_shows_those_that_count_and_all_only_on_demand()
    {
        var host = await StartAsync("Production");
        var short_ = await CreateAsync(host, "alice", TimeSpan.FromMinutes(1));
        var revoked = await CreateAsync(host, "alice");
        var good = await CreateAsync(host, "alice");
        var other = await CreateAsync(host, "bob");
        await host.Store.RevokeAsync(revoked.Record.Id, Stop);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.FindAsync(good.Key);

        Assert.Equal([good.Record.Id, other.Record.Id], await ListAsync(host, null, withEnded: false));
        Assert.Equal([good.Record.Id], await ListAsync(host, "alice", withEnded: false));
        Assert.Equal([short_.Record.Id, revoked.Record.Id, good.Record.Id], await ListAsync(host, "alice", withEnded: true));

        var listed = await host.Store.ListAsync("alice", withEnded: true, Stop);
        Assert.Equal(
            [ApiKeyState.Expired, ApiKeyState.Revoked, ApiKeyState.Active],
            listed.Select(key => key.StateAt(host.Time.GetUtcNow())));
        Assert.Equal(host.Time.GetUtcNow(), listed[2].LastUsedAt);
    }

    [Fact]
    public async Task A_revoked_key_counts_no_more_for_any_host_and_stays_revoked_since_then()
    {
        var host = await StartAsync();
        var other = await StartAsync();
        var created = await CreateAsync(host, "alice");
        Assert.NotNull(await other.FindAsync(created.Key));

        var revoked = await host.Store.RevokeAsync(created.Record.Id, Stop);
        Assert.Equal(host.Time.GetUtcNow(), revoked?.RevokedAt);
        Assert.Null(await other.FindAsync(created.Key));

        host.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(revoked, await host.Store.RevokeAsync(created.Record.Id, Stop));
        Assert.Null(await host.Store.RevokeAsync(4711, Stop));
    }

    [Fact]
    public async Task A_rotated_key_lives_on_for_its_grace_beside_a_successor_like_it()
    {
        var host = await StartAsync();
        var created = await CreateAsync(host, "alice", TimeSpan.FromDays(30));
        host.Time.Advance(TimeSpan.FromDays(10));
        var now = host.Time.GetUtcNow();

        var rotation = await host.Store.RotateAsync(created.Record.Id, TimeSpan.FromHours(2), Stop);

        Assert.Null(rotation.Refusal);
        var successor = rotation.New!.Record;
        Assert.Equal(created.Record with { ReplacedBy = successor.Id, ExpiresAt = now.AddHours(2) }, rotation.Old);
        Assert.Equal(ApiKeyState.Rotated, rotation.Old!.StateAt(now));
        Assert.Equal(("key", "alice", "user", now.AddDays(30)), (successor.Name, successor.UserId, successor.Role, successor.ExpiresAt));
        Assert.NotEqual(created.Key, rotation.New.Key);

        host.Time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await host.FindAsync(created.Key));
        host.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await host.FindAsync(created.Key));
        Assert.Equal(successor.Id, (await host.FindAsync(rotation.New.Key))?.Id);
    }

    [Fact]
    public async Task Rotation_never_lengthens_a_life_and_without_grace_ends_it_at_once()
    {
        var host = await StartAsync();
        var short_ = await CreateAsync(host, "alice", TimeSpan.FromMinutes(5));
        var endless = await CreateAsync(host, "alice");

        Assert.Equal(short_.Record.ExpiresAt, (await host.Store.RotateAsync(short_.Record.Id, TimeSpan.FromDays(1), Stop)).Old?.ExpiresAt);
        var rotation = await host.Store.RotateAsync(endless.Record.Id, TimeSpan.Zero, Stop);
        Assert.Null(await host.FindAsync(endless.Key));
        Assert.Null(rotation.New?.Record.ExpiresAt);
    }

    [Fact]
    public async Task What_is_gone_ended_rotated_or_the_demo_key_is_not_rotated_and_says_so()
    {
        var host = await StartAsync();
        var revoked = await CreateAsync(host, "alice");
        await host.Store.RevokeAsync(revoked.Record.Id, Stop);
        var rotated = await CreateAsync(host, "alice");
        var successor = (await host.Store.RotateAsync(rotated.Record.Id, TimeSpan.FromDays(1), Stop)).New!.Record.Id;
        var demo = (await host.FindAsync(host.LoggedDemoKey!))!.Id;

        Assert.Equal("no such API key", await RefusalAsync(host, 4711));
        Assert.Equal($"API key {revoked.Record.Id} has ended: create another", await RefusalAsync(host, revoked.Record.Id));
        Assert.Equal(
            $"API key {rotated.Record.Id} was rotated already: its successor is {successor}", await RefusalAsync(host, rotated.Record.Id));
        Assert.StartsWith("the demo key is not rotated", await RefusalAsync(host, demo), StringComparison.Ordinal);
        Assert.Equal(4, await ReadLongAsync("SELECT count(*) FROM api_keys"));
    }

    [Fact]
    public async Task Of_two_who_rotate_a_key_at_once_one_is_told_of_the_others_successor()
    {
        var hosts = new[] { await StartAsync(), await StartAsync() };
        for (var round = 0; round < 10; round++)
        {
            var created = await CreateAsync(hosts[0], "alice");
            using var barrier = new Barrier(hosts.Length);
            var rotations = await Task.WhenAll(hosts.Select(host => Task.Factory.StartNew(
                () =>
                {
                    barrier.SignalAndWait();
                    return host.Store.RotateAsync(created.Record.Id, TimeSpan.FromDays(1), Stop);
                },
                Stop,
                TaskCreationOptions.LongRunning,
                TaskScheduler.Default).Unwrap()));

            var winner = Assert.Single(rotations, rotation => rotation.New is not null);
            var loser = Assert.Single(rotations, rotation => rotation.New is null);
            Assert.Equal(winner.New!.Record.Id, loser.Old?.ReplacedBy);
        }
    }

    [Fact]
    public async Task Keys_that_ended_are_found_among_many_in_one_question()
    {
        var host = await StartAsync();
        var ended = new List<long> { 4711 };
        var good = new List<long>();
        for (var index = 0; index < 20; index++)
        {
            good.Add((await CreateAsync(host, "alice")).Record.Id);
        }

        var expired = await CreateAsync(host, "alice", TimeSpan.FromMinutes(1));
        var revoked = await CreateAsync(host, "alice");
        var rotated = await CreateAsync(host, "alice");
        var inGrace = await CreateAsync(host, "alice");
        await host.Store.RevokeAsync(revoked.Record.Id, Stop);
        await host.Store.RotateAsync(rotated.Record.Id, TimeSpan.Zero, Stop);
        await host.Store.RotateAsync(inGrace.Record.Id, TimeSpan.FromHours(1), Stop);
        host.Time.Advance(TimeSpan.FromMinutes(1));
        ended.AddRange([expired.Record.Id, revoked.Record.Id, rotated.Record.Id]);
        good.Add(inGrace.Record.Id);

        Assert.Equal(ended.Order(), (await host.Store.FindEndedAsync([.. good, .. ended], Stop)).Order());
        Assert.Empty(await host.Store.FindEndedAsync(good, Stop));
        Assert.Empty(await host.Store.FindEndedAsync([], Stop));
    }

    [Fact]
    public async Task What_this_process_ends_is_announced_in_it()
    {
        var host = await StartAsync();
        var announced = new List<long>();
        host.Get<ApiKeyEndings>().Ended += ids => announced.AddRange(ids);
        var first = await CreateAsync(host, "alice");
        var second = await CreateAsync(host, "alice");
        var third = await CreateAsync(host, "alice");

        await host.Store.RevokeAsync(4711, Stop);
        await host.Store.RotateAsync(second.Record.Id, TimeSpan.FromHours(1), Stop);
        Assert.Empty(announced);

        await host.Store.RevokeAsync(first.Record.Id, Stop);
        await host.Store.RotateAsync(third.Record.Id, TimeSpan.Zero, Stop);
        Assert.Equal([first.Record.Id, third.Record.Id], announced);
    }

    [Theory]
    [InlineData("", "alice", "user", null)]
    [InlineData(" ", "alice", "user", null)]
    [InlineData("two\nlines", "alice", "user", null)]
    [InlineData("\u001b[2J", "alice", "user", null)]
    [InlineData("turned \u202e around", "alice", "user", null)]
    [InlineData("half a pair \ud800", "alice", "user", null)]
    [InlineData("key", "", "user", null)]
    [InlineData("key", "al ice", "user", null)]
    [InlineData("key", "alice\n", "user", null)]
    [InlineData("key", "*", "user", null)]
    [InlineData("key", "alice", "", null)]
    [InlineData("key", "alice", "a/b", null)]
    [InlineData("key", "alice", "user", 59)]
    [InlineData("key", "alice", "user", 3650 * 86400 + 1)]
    public async Task What_cannot_be_a_key_is_not_made(string name, string user, string role, int? seconds)
    {
        var host = await StartAsync("Production");
        var wanted = new NewApiKey(name, user, role, seconds is { } lifetime ? TimeSpan.FromSeconds(lifetime) : null);

        await Assert.ThrowsAsync<ArgumentException>(() => host.Store.CreateAsync(wanted, Stop));
        Assert.Equal(0, await ReadLongAsync("SELECT count(*) FROM api_keys"));
    }

    private static Task<CreatedApiKey> CreateAsync(KeyHost host, string user, TimeSpan? lifetime = null) =>
        host.Store.CreateAsync(new NewApiKey("key", user, Lifetime: lifetime), Stop);

    private static async Task<IEnumerable<long>> ListAsync(KeyHost host, string? user, bool withEnded) =>
        (await host.Store.ListAsync(user, withEnded, Stop)).Select(key => key.Id);

    private static async Task<string?> RefusalAsync(KeyHost host, long id)
    {
        var rotation = await host.Store.RotateAsync(id, TimeSpan.FromDays(1), Stop);
        Assert.Null(rotation.New);
        return rotation.Refusal;
    }
}
