using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using OrleansTicker.Gateway.Keys.Storage;
using OrleansTicker.History.Databases;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys;

/// <summary>
/// API keys in a SQLite file where nothing can be written. The programs run as they are, in their own mount namespace, or as another user.
/// </summary>
public sealed class UnwritableKeysTests : KeyTest
{
    private const string ReadOnly = """mount --bind "$KEYS" "$KEYS" && mount -o remount,bind,ro "$KEYS" || exit 77""";

    private const string Full =
        """
        mount -t tmpfs -o size=256k none "$KEYS/../small" && cp "$KEYS"/* "$KEYS/../small" || exit 77
        mount --bind "$KEYS/../small" "$KEYS" || exit 77
        dd if=/dev/zero of="$KEYS/more" bs=4k 2>/dev/null
        true
        """;

    private const string OtherUser =
        """
        test "$(id -u)" = 0 && chmod 755 "$KEYS/.." "$KEYS" && chmod 644 "$KEYS"/* || exit 77
        other="setpriv --reuid=65534 --regid=65534 --clear-groups"
        $other test -r "$2" || exit 77
        """;

    private string KeyFolder => Database.Folder["data"];

    [Theory]
    [InlineData(ReadOnly, "the file system is read-only")]
    [InlineData(Full, "the disk is full")]
    [InlineData(OtherUser, "this process's user has no permission")]
    public async Task Keys_are_listed_where_none_can_be_made_and_the_cause_is_told(string place, string cause)
    {
        await AddKeyAsync();

        await AssertListedAsync(place, cause);
    }

    [Fact]
    public async Task Keys_that_a_crash_left_in_the_log_are_listed_too()
    {
        var host = await StartAsync("Production");
        await using (var connection = await Database.ConnectAsync())
        {
            await connection.ReadLongAsync("SELECT count(*) FROM api_keys", Stop); // A connection that has read keeps the log from being emptied.
            await host.AddKeyAsync();
            var copy = Directory.CreateDirectory(Database.Folder["copy"]).FullName;
            File.Copy(Path.Combine(KeyFolder, "keys.db"), Path.Combine(copy, "keys.db"));
            File.Copy(Path.Combine(KeyFolder, "keys.db-wal"), Path.Combine(copy, "keys.db-wal"));
        }

        Directory.Delete(KeyFolder, recursive: true);
        Directory.Move(Database.Folder["copy"], KeyFolder);

        await AssertListedAsync(ReadOnly, "the file system is read-only");
    }

    [Fact]
    public async Task Keys_that_nobody_but_another_user_may_read_are_out_of_reach_for_want_of_permission()
    {
        await AddKeyAsync();

        var (output, _) = await RunAsync(
            $"""
            {OtherUser}
            chmod 600 "$KEYS"/*
            """);

        Assert.Contains("cannot be reached: this process's user has no permission", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_gateway_over_a_read_only_folder_gives_tokens_for_the_keys_that_are_there()
    {
        var key = (await StartAsync()).LoggedDemoKey;
        using var process = Process.Start(StartOf(ReadOnly, """exec "$@" """, []))!;
        using var patience = new CancellationTokenSource(TickerClient.Patience);
        try
        {
            var log = new List<string>();
            var address = "";
            while (address.Length == 0)
            {
                log.Add(await process.StandardOutput.ReadLineAsync(patience.Token) ?? await EndAsync(process));
                address = log[^1].Split("Now listening on: ").ElementAtOrDefault(1) ?? "";
            }

            using var http = new HttpClient();
            using var response = await http.PostAsJsonAsync($"{address}/auth/token", new { api_key = key }, patience.Token);

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Single(log, line => line.Contains("keys.db can be read and not written (the file system is read-only)", StringComparison.Ordinal));
        }
        finally
        {
            process.Kill();
        }
    }

    internal override Task<KeyDatabase> CreateDatabaseAsync() => Task.FromResult<KeyDatabase>(new SqliteKeyDatabase());

    private static async Task<string> EndAsync(Process process)
    {
        await process.WaitForExitAsync(Stop);
        Assert.SkipWhen(process.ExitCode is 1 or 77, "No mount can be made here.");
        throw new InvalidOperationException("The gateway has ended.");
    }

    private async Task AddKeyAsync() => await (await StartAsync("Production")).AddKeyAsync();

    private async Task AssertListedAsync(string place, string cause)
    {
        var (output, files) = await RunAsync(place);

        Assert.Matches("laptop +alice(.|\n)*exit 0", output);
        Assert.Contains($"cannot be written: {cause}\nexit 1", output, StringComparison.Ordinal);
        Assert.Equal(files, Directory.GetFiles(KeyFolder).Order());
    }

    /// <summary>Lists the keys and tries to create another.</summary>
    /// <returns>The output, and the files that were there before.</returns>
    private async Task<(string Output, IEnumerable<string> Files)> RunAsync(string place)
    {
        var files = Directory.GetFiles(KeyFolder).Order().ToList();
        Directory.CreateDirectory(Database.Folder["small"]);
        const string Commands =
            """
            $other "$@" list 2>&1; echo "exit $?"
            $other "$@" create --user bob --name more 2>&1; echo "exit $?"
            """;
        using var process = Process.Start(StartOf(place, Commands, ["keys"]))!;
        using var patience = new CancellationTokenSource(TickerClient.Patience);
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.SkipWhen(process.ExitCode is 77 || output.Length == 0, "No mount can be made here, or there is no other user.");
            return (output, files);
        }
        finally
        {
            process.Kill();
        }
    }

    /// <summary>How to start the gateway's program in its own namespace.</summary>
    /// <param name="place">The shell commands that make the key folder unwritable.</param>
    /// <param name="commands">The shell commands that run the program.</param>
    /// <param name="args">The program's first arguments.</param>
    private ProcessStartInfo StartOf(string place, string commands, string[] args)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/unshare") && File.Exists("/usr/bin/setpriv"), "unshare or setpriv is not installed.");
        var start = BuiltProgram.StartOf("Gateway");
        string[] user = Environment.IsPrivilegedProcess ? [] : ["--user", "--map-root-user"];
        var program = Path.Combine(start.WorkingDirectory, start.ArgumentList[0]);
        string[] arguments = [.. user, "--mount", "sh", "-c", $"{place}\n{commands}", "sh", "dotnet", program, .. args];
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.ArgumentList.RemoveAt(0);
        start.FileName = "unshare";
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["KEYS"] = KeyFolder;
        start.Environment["Keys__Path"] = Path.Combine(KeyFolder, "keys.db");
        start.Environment["Audit__Folder"] = "";
        return start;
    }
}
