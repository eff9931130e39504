using OrleansTicker.Gateway.Keys;
using OrleansTicker.History.Databases;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

public sealed class PostgreSqlApiKeyStoreTests(PostgreSqlServer server) : ApiKeyStoreTests
{
    private string ConnectionString => Database.Settings.Single(setting => setting.Key == "Keys:ConnectionString").Value!;

    [Fact]
    public async Task A_server_that_is_away_at_the_start_is_prepared_by_the_first_who_asks_later()
    {
        await Database.SetAwayAsync(true);
        var host = await StartAsync();
        await Assert.ThrowsAsync<ApiKeyStoreUnavailableException>(() => host.FindAsync(ApiKeyFormat.Create()));

        await Database.SetAwayAsync(false);
        Assert.Null(await host.FindAsync(ApiKeyFormat.Create()));
        Assert.NotNull(await host.FindAsync(host.LoggedDemoKey!));
    }

    [Fact]
    public async Task A_user_who_may_make_no_tables_can_use_those_that_are_there()
    {
        var owner = await StartAsync();
        var key = await owner.AddKeyAsync();
        var user = $"gateway_{Guid.NewGuid():N}";
        await ExecuteAsync(
            $"""
            CREATE ROLE {user};
            REVOKE CREATE ON SCHEMA public FROM PUBLIC;
            GRANT SELECT, INSERT, UPDATE ON api_keys TO {user};
            GRANT SELECT ON api_keys_schema TO {user};
            """);
        try
        {
            // The server decides which roles may log in, so the role is changed after the login.
            var host = NewHost("Production", ("Keys:ConnectionString", $"{ConnectionString};Options=-c role={user}"));
            await host.StartAsync();

            Assert.Equal("alice", (await host.FindAsync(key))?.UserId);
        }
        finally
        {
            await ExecuteAsync($"DROP OWNED BY {user}; DROP ROLE {user};");
        }
    }

    [Fact]
    public async Task A_server_that_is_read_only_lets_everyone_in_and_says_why_it_takes_no_new_keys()
    {
        var owner = await StartAsync();
        var key = await owner.AddKeyAsync();
        var host = NewHost("Production", ("Keys:ConnectionString", $"{ConnectionString};Options=-c default_transaction_read_only=on"));
        await host.StartAsync();

        Assert.Equal("alice", (await host.FindAsync(key))?.UserId);
        var exception = await Assert.ThrowsAsync<ApiKeyStoreUnavailableException>(() => host.Store.CreateAsync(new("laptop", "alice"), Stop));
        Assert.Equal(DatabaseFaultKind.NotWritable, exception.Kind);
        Assert.Contains("cannot be written: the server is read-only", exception.Message, StringComparison.Ordinal);
        Assert.Single(host.Log.Lines, line => line.Text.Contains("can be read and not written (the server is read-only", StringComparison.Ordinal));
    }

    internal override async Task<KeyDatabase> CreateDatabaseAsync() =>
        new PostgreSqlKeyDatabase(await PostgreSqlDatabase.CreateOrSkipAsync(server));
}
