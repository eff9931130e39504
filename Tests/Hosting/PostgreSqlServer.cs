using System.Diagnostics;
using Npgsql;
using OrleansTicker.Tests.Hosting;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace OrleansTicker.Tests.Hosting;

/// <summary>
/// A PostgreSQL server for the tests: the one that <see cref="Variable"/> names, with a user who may create databases, or else a new one if
/// PostgreSQL is installed, in a temporary folder and on a Unix socket, which ends when the tests do. If there is neither, its tests are
/// skipped and say why.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    /// <summary>The environment variable with the connection string of a server.</summary>
    public const string Variable = "ORLEANSTICKER_TEST_POSTGRESQL";

    // $1: programs, $2: data. Standard input ends with the process that started this, which ends the server.
    private const string Script =
        """
        set -e
        "$1/initdb" -D "$2" -A trust -E UTF8 --no-sync >/dev/null
        "$1/postgres" -D "$2" -c listen_addresses= -c unix_socket_directories="$2" -c fsync=off >"$2/log" 2>&1 &
        server=$!
        cat >/dev/null || true
        kill -INT $server
        wait $server || true
        rm -rf "$2"
        """;

    private readonly SemaphoreSlim _starting = new(1);
    private Process? _process;
    private string? _connectionString;
    private string? _absence;

    /// <summary>The server's connection string. The first call starts the server; the test is skipped if there is none.</summary>
    public async Task<string> StartOrSkipAsync()
    {
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_connectionString is null && _absence is null)
            {
                await StartAsync();
            }
        }
        finally
        {
            _starting.Release();
        }

        Assert.SkipWhen(_absence is not null, _absence ?? "");
        return _connectionString!;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync().WithinTimeoutAsync();
            _process.Dispose();
        }

        _starting.Dispose();
    }

    private async Task StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given)
        {
            _connectionString = given;
            return;
        }

        if (FindPrograms() is not { } programs)
        {
            _absence = $"PostgreSQL is not installed, and {Variable} names no server.";
            return;
        }

        var data = Path.Combine(Path.GetTempPath(), $"orleansticker-pg-{Guid.NewGuid():N}"[..28]);
        var start = new ProcessStartInfo { FileName = "sh", RedirectStandardInput = true, WorkingDirectory = Path.GetTempPath() };
        List<string> command = ["sh", "-c", Script, "postgresql", programs, data];
        var user = "";
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root.
            user = "postgres";
            start.FileName = "setpriv";
            command.InsertRange(0, ["setpriv", $"--reuid={user}", $"--regid={user}", "--init-groups"]);
        }

        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
        var connectionString = $"Host={data};Database=postgres;Username={(user.Length > 0 ? user : Environment.UserName)}";
        await WaitAsync(data, connectionString);
        _connectionString = connectionString;
    }

    private async Task WaitAsync(string data, string connectionString)
    {
        await Eventually.TrueAsync(() => _process!.HasExited || File.Exists(Path.Combine(data, ".s.PGSQL.5432")), "PostgreSQL starts");
        var startedAt = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection($"{connectionString};Pooling=false");
                await connection.OpenAsync(TestContext.Current.CancellationToken);
                return;
            }
            catch (NpgsqlException) when (!_process!.HasExited && TimeProvider.System.GetElapsedTime(startedAt) < TickerClient.Patience)
            {
                // It is still starting up.
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, TestContext.Current.CancellationToken);
            }
        }
    }

    /// <summary>The folder of the newest installed server.</summary>
    private static string? FindPrograms()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            : Enumerable.Empty<string>();
        var path = Environment.GetEnvironmentVariable("PATH")?.Split(':') ?? [];
        return versions.Select(folder => Path.Combine(folder, "bin")).Concat(path)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));
    }
}
