using Microsoft.Data.Sqlite;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class DemoApiKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string DemoFile => _folder["data/demo-api-key"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Development_logs_a_demo_key_that_works_and_stays_the_same()
    {
        using var first = await KeyHost.StartAsync(_folder);
        using var second = await KeyHost.StartAsync(_folder);

        Assert.NotNull(first.LoggedDemoKey);
        Assert.Equal(first.LoggedDemoKey, second.LoggedDemoKey);
        Assert.Equal(new ApiKey("demo", "demo", "user"), await second.FindAsync(first.LoggedDemoKey));
    }

    [Fact]
    public async Task The_demo_key_is_for_its_owner_alone_to_read()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var host = await KeyHost.StartAsync(_folder);

        Assert.Equal(host.LoggedDemoKey, (await File.ReadAllTextAsync(DemoFile, TestContext.Current.CancellationToken)).Trim());
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(DemoFile));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["data"]));
    }

    [Fact]
    public async Task A_database_that_lost_the_demo_key_gets_it_back_from_the_file()
    {
        using var first = await KeyHost.StartAsync(_folder);
        using (var connection = first.Connect())
        {
            connection.Execute("DELETE FROM api_keys");
        }

        using var second = await KeyHost.StartAsync(_folder);
        Assert.Equal(first.LoggedDemoKey, second.LoggedDemoKey);
        Assert.NotNull(await second.FindAsync(first.LoggedDemoKey!));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("half a ke")]
    public async Task Where_the_file_is_gone_or_broken_a_new_demo_key_takes_the_place_of_the_old(string? text)
    {
        using var first = await KeyHost.StartAsync(_folder);
        File.Delete(DemoFile);
        if (text is not null)
        {
            await File.WriteAllTextAsync(DemoFile, text, TestContext.Current.CancellationToken);
        }

        using var second = await KeyHost.StartAsync(_folder);
        Assert.NotEqual(first.LoggedDemoKey, second.LoggedDemoKey);
        Assert.NotNull(await second.FindAsync(second.LoggedDemoKey!));
        Assert.Null(await second.FindAsync(first.LoggedDemoKey!));
    }

    [Fact]
    public async Task No_demo_key_is_made_while_another_gateway_may_be_making_one()
    {
        using var host = await KeyHost.StartAsync(_folder, "Production");
        using var other = host.Connect();
        using var writing = other.BeginTransaction(deferred: false);
        using var connection = host.Connect();
        connection.DefaultTimeout = 1;

        Assert.Throws<SqliteException>(() => DemoApiKey.Ensure(connection, _folder["data"], host.Time.GetUtcNow()));
        Assert.False(File.Exists(DemoFile));
    }

    [Fact]
    public async Task Production_makes_no_demo_key()
    {
        using var host = await KeyHost.StartAsync(_folder, "Production");

        Assert.Null(host.LoggedDemoKey);
        Assert.False(File.Exists(DemoFile));
        using var connection = host.Connect();
        Assert.Equal(0, connection.ReadLong("SELECT count(*) FROM api_keys"));
    }

    [Fact]
    public async Task Production_takes_no_demo_key_of_a_Development_before()
    {
        using var development = await KeyHost.StartAsync(_folder);
        using var production = await KeyHost.StartAsync(_folder, "Production");

        Assert.NotNull(await development.FindAsync(development.LoggedDemoKey!));
        Assert.Null(await production.FindAsync(development.LoggedDemoKey!));
        Assert.DoesNotContain("otk_", production.Log.Text, StringComparison.Ordinal);
    }
}
