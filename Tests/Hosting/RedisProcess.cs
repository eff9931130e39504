using System.Diagnostics;
using System.Globalization;
using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.Tests.Hosting;

/// <summary><c>redis-server</c> in its own process, which ends when the tests do.</summary>
internal sealed class RedisProcess : RedisServer
{
    private const string Program = "redis-server";

    // The server's process id is the first line, before any of its own. Standard input ends with the process that started this, which
    // ends the server: a stopped one as well.
    private const string Script =
        """
        sh -c 'echo $$; exec "$@"' redis "$@" &
        server=$!
        exec >/dev/null
        cat
        kill -KILL $server
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _arguments;
    private readonly string _readyText;
    private Process? _shell;
    private int _processId;

    private RedisProcess(string[] arguments, string readyText, params IEnumerable<string> configuration)
    {
        _readyText = readyText;
        _arguments = [_folder.Write("redis.conf", configuration), .. arguments];
        Start();
    }

    /// <summary>Starts a server. The test is skipped if it is not installed.</summary>
    /// <param name="arguments">Additional arguments of the server.</param>
    public static RedisProcess StartOrSkip(params string[] arguments)
    {
        SkipUnlessInstalled();
        return new RedisProcess(["--save", "", "--appendonly", "no", .. arguments], "Ready to accept connections");
    }

    /// <summary>Starts a replica of another server.</summary>
    public static RedisProcess StartReplicaOrSkip(RedisServer primary) => StartOrSkip("--replicaof", "127.0.0.1", $"{primary.Port}");

    /// <summary>Starts a Sentinel that watches a primary, and promotes a replica within one or two seconds of its death.</summary>
    public static RedisProcess StartSentinelOrSkip(RedisServer primary, string name)
    {
        SkipUnlessInstalled();
        return new RedisProcess(
            ["--sentinel"],
            "+monitor",
            $"sentinel monitor {name} 127.0.0.1 {primary.Port} 1",
            $"sentinel down-after-milliseconds {name} 500",
            $"sentinel failover-timeout {name} 3000");
    }

    public override void Start()
    {
        string[] command =
        [
            Program, .. _arguments, "--bind", "127.0.0.1", "--port", Port.ToString(CultureInfo.InvariantCulture), "--dir", _folder.Root,
        ];
        _shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", Script, "redis", .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        _processId = int.Parse(_shell.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        string? line;
        do
        {
            line = _shell.StandardOutput.ReadLine();
            Assert.True(line is not null, $"{Program} has ended.");
        }
        while (!line.Contains(_readyText, StringComparison.Ordinal));

        _ = _shell.StandardOutput.ReadToEndAsync();
    }

    public override void Stop()
    {
        if (_shell is { } shell)
        {
            _shell = null;
            shell.StandardInput.Close();
            shell.WaitForExit();
            shell.Dispose();
        }
    }

    /// <summary>Suspends it: the system accepts connections, but nothing is answered.</summary>
    public Task SuspendAsync() => ProcessSignal.SendAsync(_processId, ProcessSignal.Stop);

    /// <summary>Resumes it.</summary>
    public Task ResumeAsync() => ProcessSignal.SendAsync(_processId, ProcessSignal.Continue);

    public override void Dispose()
    {
        base.Dispose();
        _folder.Dispose();
    }

    private static void SkipUnlessInstalled()
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        Assert.SkipUnless(Array.Exists(folders, folder => File.Exists(Path.Combine(folder, Program))), $"{Program} is not installed.");
    }
}
