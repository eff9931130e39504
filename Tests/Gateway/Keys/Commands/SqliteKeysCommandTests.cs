using System.Diagnostics;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys.Commands;

public sealed class SqliteKeysCommandTests : KeysCommandTests
{
    [Fact]
    public async Task The_program_itself_has_the_commands_and_starts_nothing_for_them()
    {
        // In Production, where a gateway without a signing key would not start.
        var create = await RunProgramAsync(("Keys__Path", Database.Folder["data/keys.db"]), "create", "--user", "alice", "--name", "ci", "--json");
        Assert.Equal((0, ""), (create.Code, create.Error));
        Assert.StartsWith("{\"api_key\":\"otk_", create.Output, StringComparison.Ordinal);

        var list = await RunProgramAsync(("Keys__Path", Database.Folder["data/keys.db"]), "list");
        Assert.Contains("alice", list.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("silo", list.Output, StringComparison.OrdinalIgnoreCase);

        var wrong = await RunProgramAsync(("Keys__Provider", "Oracle"), "list");
        Assert.Equal((1, "", "Keys:Provider is 'Oracle'; set it to Sqlite or PostgreSql"), (wrong.Code, wrong.Output, wrong.Error.Trim()));

        await File.WriteAllTextAsync(Database.Folder["file"], "no folder", Stop);
        var away = await RunProgramAsync(("Keys__Path", Database.Folder["file/keys.db"]), "list");
        Assert.Equal((1, ""), (away.Code, away.Output));
        Assert.StartsWith($"The API keys in {Database.Folder["file/keys.db"]} cannot be reached: ", away.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", away.Error, StringComparison.Ordinal);
    }

    internal override Task<KeyDatabase> CreateDatabaseAsync() => Task.FromResult<KeyDatabase>(new SqliteKeyDatabase());

    private static async Task<(int Code, string Output, string Error)> RunProgramAsync((string Name, string Value) setting, params string[] args)
    {
        var start = BuiltProgram.StartOf("Gateway", ["keys", .. args]);
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment[setting.Name] = setting.Value;
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TickerClient.Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = await process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, error);
        }
        finally
        {
            process.Kill();
        }
    }
}
