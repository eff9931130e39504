using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Gateway.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys.Commands;

/// <summary>The commands, over any database.</summary>
public abstract class KeysCommandTests : KeyTest
{
    [Fact]
    public async Task A_key_that_was_created_before_any_gateway_ran_works_in_the_first_that_does()
    {
        var (code, output, error) = await RunAsync("create", "--user", "alice", "--name", "my laptop", "--role", "trader", "--expires-in", "90d");

        Assert.Equal((0, ""), (code, error));
        var key = Assert.Single(output.Split('\n'), line => line.TrimStart().StartsWith("otk_", StringComparison.Ordinal)).Trim();
        Assert.Contains("\"my laptop\"", output, StringComparison.Ordinal);
        Assert.Contains("user alice, role trader, expires 20", output, StringComparison.Ordinal);
        var host = await StartAsync("Production");
        Assert.Equal(new ApiKey(1, "alice", "trader"), await host.FindAsync(key));
        Assert.False(File.Exists(Database.Folder["data/demo-api-key"]));
    }

    [Fact]
    public async Task The_list_is_a_table_that_shows_no_secret()
    {
        var first = await CreateAsync("alice");
        var second = await CreateAsync("bob", "--role", "trader");
        await RunAsync("revoke", "2");

        var (code, output, _) = await RunAsync("list", "--all");

        Assert.Equal(0, code);
        var lines = output.TrimEnd().Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("ID  HINT      NAME", lines[0], StringComparison.Ordinal);
        Assert.Matches($"^1   {first[..8]}  key   alice  user    active   20[0-9: -]+  -        -$", lines[1]);
        Assert.Matches($"^2   {second[..8]}  key   bob    trader  revoked  20", lines[2]);
        Assert.DoesNotContain(first[..9], output, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", (await RunAsync("list")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("alice", (await RunAsync("list", "--user", "bob", "--all")).Output, StringComparison.Ordinal);
        Assert.Equal("There are no such API keys.", (await RunAsync("list", "--user", "carol")).Output.Trim());
    }

    [Fact]
    public async Task Machines_get_one_line_of_JSON()
    {
        var created = JsonOf(await RunAsync("create", "--user", "alice", "--name", "ci", "--json"));
        Assert.True(ApiKeyFormat.IsWellFormed(created.GetProperty("api_key").GetString()));
        Assert.Equal("alice", created.GetProperty("key").GetProperty("user_id").GetString());

        var rotated = JsonOf(await RunAsync("rotate", "1", "--grace", "0s", "--json"));
        Assert.Equal("expired", rotated.GetProperty("replaces").GetProperty("state").GetString());
        Assert.Equal(2, rotated.GetProperty("key").GetProperty("id").GetInt64());

        Assert.Equal("revoked", JsonOf(await RunAsync("revoke", "2", "--json")).GetProperty("state").GetString());
        Assert.Equal(0, JsonOf(await RunAsync("list", "--json")).GetProperty("keys").GetArrayLength());
        Assert.Equal(2, JsonOf(await RunAsync("list", "--json", "--all")).GetProperty("keys").GetArrayLength());
    }

    [Fact]
    public async Task A_gateway_that_runs_takes_note_of_what_the_commands_do()
    {
        var host = await StartAsync("Production");
        var key = await CreateAsync("alice");
        Assert.NotNull(await host.FindAsync(key));

        var (_, output, _) = await RunAsync("rotate", "1");
        var successor = Assert.Single(output.Split('\n'), line => line.TrimStart().StartsWith("otk_", StringComparison.Ordinal)).Trim();
        Assert.Contains("Key 1 \"key\"", output, StringComparison.Ordinal);
        Assert.NotNull(await host.FindAsync(key));
        Assert.NotNull(await host.FindAsync(successor));

        Assert.StartsWith($"Key 2 \"key\" ({successor[..8]}…) is revoked since 20", (await RunAsync("revoke", "2")).Output, StringComparison.Ordinal);
        Assert.Null(await host.FindAsync(successor));
        Assert.Equal([2], await host.Store.FindEndedAsync([1, 2], Stop));
    }

    [Theory]
    [InlineData("There is no API key 7.", "revoke", "7")]
    [InlineData("Not rotated: no such API key.", "rotate", "7")]
    public async Task What_cannot_be_done_is_said_and_is_exit_code_1(string sentence, params string[] args) =>
        Assert.Equal((1, "", sentence), Trimmed(await RunAsync(args)));

    [Theory]
    [InlineData("Option '--user' is required.", "create", "--name", "x")]
    [InlineData("the user must have", "create", "--user", "al ice", "--name", "x")]
    [InlineData("the name must have", "create", "--user", "alice", "--name", "")]
    [InlineData("the role must have", "create", "--user", "alice", "--name", "x", "--role", "*")]
    [InlineData("a key must expire in 1 minute", "create", "--user", "alice", "--name", "x", "--expires-in", "1s")]
    [InlineData("'4000d' is too long: 3650 days", "create", "--user", "alice", "--name", "x", "--expires-in", "4000d")]
    [InlineData("'soon' is no duration", "create", "--user", "alice", "--name", "x", "--expires-in", "soon")]
    [InlineData("'99999999999d' is no duration", "create", "--user", "alice", "--name", "x", "--expires-in", "99999999999d")]
    [InlineData("'31d' is too long: 30 days", "rotate", "1", "--grace", "31d")]
    [InlineData("'-1s' is no duration", "rotate", "1", "--grace", "-1s")]
    [InlineData("'x' is no number of a key", "revoke", "x")]
    [InlineData("'-1' is no number of a key", "revoke", "-1")]
    [InlineData("Required argument 'id' missing", "revoke")]
    [InlineData("Unrecognized command or argument '--loud'", "list", "--loud")]
    [InlineData("Unrecognized command or argument 'destroy'", "destroy")]
    public async Task A_wrong_command_line_is_said_and_is_exit_code_2(string sentence, params string[] args)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.Equal(2, code);
        Assert.Contains(sentence, error, StringComparison.Ordinal);
        Assert.DoesNotContain("Usage:", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Database.Folder["data"]));
    }

    [Theory]
    [InlineData("keys [command]")]
    [InlineData("keys create [options]", "create")]
    [InlineData("keys list [options]", "list")]
    [InlineData("keys revoke <id> [options]", "revoke")]
    [InlineData("keys rotate <id> [options]", "rotate")]
    public async Task Each_command_has_help(string usage, params string[] args)
    {
        var (code, output, error) = await RunAsync([.. args, "--help"]);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains(usage, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_told_in_a_sentence()
    {
        await StartAsync();
        await ExecuteAsync(Database.SetVersion(99));

        var (code, _, error) = await RunAsync("list");
        Assert.Equal(1, code);
        Assert.Contains("have schema version 99, and this program knows", error, StringComparison.Ordinal);
    }

    /// <summary>Runs a command line after <c>keys</c>, with the database's settings as a gateway has them.</summary>
    protected async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var options = new WebApplicationOptions
        {
            ContentRootPath = Database.Folder.Root,
            EnvironmentName = "Production",
            Args = [.. Database.Settings.Select(setting => $"--{setting.Key}={setting.Value}")],
        };
        var code = await GatewayCommands.RunAsync(["keys", .. args], output, error, options);
        return (code, output.ToString(), error.ToString());
    }

    private static (int Code, string Output, string Error) Trimmed((int Code, string Output, string Error) ran) =>
        (ran.Code, ran.Output.Trim(), ran.Error.Trim());

    private static JsonElement JsonOf((int Code, string Output, string Error) ran)
    {
        Assert.Equal((0, ""), (ran.Code, ran.Error));
        Assert.Equal(ran.Output.Length - Environment.NewLine.Length, ran.Output.IndexOf(Environment.NewLine, StringComparison.Ordinal));
        return JsonDocument.Parse(ran.Output).RootElement;
    }

    private async Task<string> CreateAsync(string user, params string[] more)
    {
        var created = JsonOf(await RunAsync(["create", "--user", user, "--name", "key", "--json", .. more]));
        return created.GetProperty("api_key").GetString()!;
    }
}
