using OrleansTicker.Gateway.Keys;
using OrleansTicker.History.Databases;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>The demo key, over any database.</summary>
public abstract class DemoApiKeyTests : KeyTest
{
    private string DemoFile => Database.Folder["data/demo-api-key"];

    [Fact]
    public async Task Development_logs_a_demo_key_that_works_and_stays_the_same()
    {
        var first = await StartAsync();
        var second = await StartAsync();

        Assert.NotNull(first.LoggedDemoKey);
        Assert.Equal(first.LoggedDemoKey, second.LoggedDemoKey);
        Assert.Equal(new ApiKey(1, "demo", "user"), await second.FindAsync(first.LoggedDemoKey));
    }

    [Fact]
    public async Task The_demo_key_is_for_its_owner_alone_to_read()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var host = await StartAsync();

        Assert.Equal(host.LoggedDemoKey, (await File.ReadAllTextAsync(DemoFile, Stop)).Trim());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DemoFile));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Database.Folder["data"]));
    }

    [Fact]
    public async Task A_database_that_lost_the_demo_key_gets_it_back_from_the_file()
    {
        var first = await StartAsync();
        await ExecuteAsync("DELETE FROM api_keys");

        var second = await StartAsync();
        Assert.Equal(first.LoggedDemoKey, second.LoggedDemoKey);
        Assert.NotNull(await second.FindAsync(first.LoggedDemoKey!));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("half a ke")]
    public async Task Where_the_file_is_gone_or_broken_a_new_demo_key_takes_the_place_of_the_old(string? text)
    {
        var first = await StartAsync();
        File.Delete(DemoFile);
        if (text is not null)
        {
            await File.WriteAllTextAsync(DemoFile, text, Stop);
        }

        var second = await StartAsync();
        Assert.NotEqual(first.LoggedDemoKey, second.LoggedDemoKey);
        Assert.NotNull(await second.FindAsync(second.LoggedDemoKey!));
        Assert.Null(await second.FindAsync(first.LoggedDemoKey!));
    }

    [Fact]
    public async Task A_demo_key_that_was_revoked_stays_so_and_the_next_start_makes_another()
    {
        var first = await StartAsync();
        var old = await first.FindAsync(first.LoggedDemoKey!);
        await first.Store.RevokeAsync(old!.Id, Stop);

        var second = await StartAsync();
        Assert.Null(await second.FindAsync(first.LoggedDemoKey!));
        Assert.NotEqual(old.Id, (await second.FindAsync(second.LoggedDemoKey!))?.Id);
    }

    [Fact]
    public async Task No_demo_key_is_made_while_another_gateway_may_be_making_one()
    {
        var host = await StartAsync("Production");
        await using var other = await Database.ConnectAsync();
        await using var making = await Database.HoldAsync(other);

        var waiting = await StartAsync();
        Assert.Null(waiting.LoggedDemoKey);
        Assert.False(File.Exists(DemoFile));

        await making.RollbackAsync(Stop);
        await waiting.FindAsync(ApiKeyFormat.Create());
        Assert.NotNull(waiting.LoggedDemoKey);
    }

    [Fact]
    public async Task Production_makes_no_demo_key()
    {
        var host = await StartAsync("Production");

        Assert.Null(host.LoggedDemoKey);
        Assert.False(File.Exists(DemoFile));
        Assert.Equal(0, await ReadLongAsync("SELECT count(*) FROM api_keys"));
    }

    [Fact]
    public async Task Production_takes_no_demo_key_of_a_Development_before()
    {
        var development = await StartAsync();
        var production = await StartAsync("Production");
        var key = await development.FindAsync(development.LoggedDemoKey!);

        Assert.NotNull(key);
        Assert.Null(await production.FindAsync(development.LoggedDemoKey!));
        Assert.Equal([key.Id], await production.Store.FindEndedAsync([key.Id], Stop));
        Assert.DoesNotContain("otk_", production.Log.Text, StringComparison.Ordinal);
    }
}
