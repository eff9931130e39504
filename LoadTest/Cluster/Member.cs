using System.Diagnostics;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>One process of the cluster: started, ended in any way, and started again in its place, with the same ports.</summary>
internal sealed class Member : IAsyncDisposable
{
    /// <summary>How long a process may take to start, or to stop when it is asked to.</summary>
    public static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(40);

    private readonly MemberSettings _settings;
    private readonly Guard _guard;
    private readonly TimeProvider _time;
    private readonly string _logPath;
    private MemberLog? _log;
    private bool _isMeantToEnd;

    public Member(MemberSettings settings, string logFolder, Guard guard, TimeProvider time)
    {
        (_settings, _guard, _time) = (settings, guard, time);
        _logPath = Path.Combine(logFolder, $"{settings.Name}.log");
    }

    public MemberRole Role => _settings.Role;

    /// <summary>What it is called here, such as <c>silo-1</c>.</summary>
    public string Name => _settings.Name;

    /// <summary>Its ports, by what they are for.</summary>
    public IReadOnlyDictionary<string, int> Ports => _settings.Ports;

    /// <summary>Of a gateway, where it listens.</summary>
    public Uri Address => new($"http://127.0.0.1:{Ports[MemberSettings.Http]}");

    /// <summary>The process, while it runs.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>Whether its process runs, or is stopped by a signal.</summary>
    public bool IsRunning => ProcessId is not null;

    /// <summary>Whether a signal has stopped its process and none has let it go on.</summary>
    public bool IsSuspended { get; private set; }

    /// <summary>The epoch of the newest ticker that began in the process as it runs now; 0 without any.</summary>
    public long TickerEpoch => IsRunning ? _log?.TickerEpoch ?? 0 : 0;

    /// <summary>Called with the exit code where a process ends that nobody ended.</summary>
    public Action<Member, int>? EndedByItself { get; set; }

    /// <summary>Ends when the process has.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Starts the process, and waits until it says that it runs.</summary>
    /// <exception cref="ClusterException">It ended instead, or took too long.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var start = BuiltPrograms.StartOf(Role);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        foreach (var (key, value) in _settings.Environment)
        {
            start.Environment[key] = value;
        }

        var log = _log = new MemberLog(_logPath);
        var process = new Process { StartInfo = start };
        _isMeantToEnd = false;
        process.OutputDataReceived += (_, line) => log.Take(line.Data);
        process.ErrorDataReceived += (_, line) => log.Take(line.Data);
        process.Start();
        var pid = process.Id;
        ProcessId = pid;
        _guard.Watch(pid);
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Ended = WatchAsync(process, pid, log);
        try
        {
            var first = await Task.WhenAny(log.Started, Ended).WaitAsync(LongestStart, _time, cancellationToken);
            if (first == Ended)
            {
                throw new ClusterException($"{Name} ended instead of starting:{Environment.NewLine}{log.Newest}");
            }
        }
        catch (TimeoutException)
        {
            throw new ClusterException($"{Name} did not start within {LongestStart.TotalSeconds} s:{Environment.NewLine}{log.Newest}");
        }
    }

    /// <summary>Ends it without warning, and waits for its end.</summary>
    public async Task KillAsync()
    {
        _isMeantToEnd = true;
        if (ProcessId is { } pid)
        {
            await SignalAsync(pid, ProcessSignal.Kill);
            await Ended;
        }
    }

    /// <summary>Asks it to stop, and waits for its end; kills it where that takes too long.</summary>
    /// <returns>Whether it stopped by itself in time.</returns>
    public async Task<bool> StopAsync()
    {
        _isMeantToEnd = true;
        if (ProcessId is not { } pid)
        {
            return true;
        }

        await SignalAsync(pid, ProcessSignal.Terminate);
        try
        {
            await Ended.WaitAsync(LongestStop, _time);
            return true;
        }
        catch (TimeoutException)
        {
            await KillAsync();
            return false;
        }
    }

    /// <summary>Stops its work without ending it.</summary>
    public async Task SuspendAsync()
    {
        _isMeantToEnd = true; // The others may declare it dead, and then it ends when it hears.
        IsSuspended = true;
        await ProcessSignal.SendAsync(ProcessId ?? throw new ClusterException($"{Name} does not run."), ProcessSignal.Stop);
    }

    /// <summary>Lets it go on.</summary>
    public async Task ResumeAsync()
    {
        if (ProcessId is { } pid)
        {
            await SignalAsync(pid, ProcessSignal.Continue);
        }

        IsSuspended = false;
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private static async Task SignalAsync(int pid, string signal)
    {
        try
        {
            await ProcessSignal.SendAsync(pid, signal);
        }
        catch (ClusterException)
        {
            // It has ended on its own a moment ago.
        }
    }

    private async Task WatchAsync(Process process, int pid, MemberLog log)
    {
        await process.WaitForExitAsync();
        _guard.Forget(pid);
        ProcessId = null;
        IsSuspended = false;
        var code = process.ExitCode;
        process.Dispose();
        log.Dispose();
        if (!_isMeantToEnd)
        {
            EndedByItself?.Invoke(this, code);
        }
    }
}
