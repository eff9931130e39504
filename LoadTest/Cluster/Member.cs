using System.Diagnostics;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>A process of the cluster, which can be stopped, killed and restarted with the same ports.</summary>
internal sealed class Member : IAsyncDisposable
{
    /// <summary>How long a process may take to start and to stop.</summary>
    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(40);

    private readonly MemberSettings _settings;
    private readonly Guard _guard;
    private readonly TimeProvider _time;
    private readonly string _logPath;
    private MemberLog? _log;
    private bool _isExpectedToEnd;

    public Member(MemberSettings settings, string logFolder, Guard guard, TimeProvider time)
    {
        (_settings, _guard, _time) = (settings, guard, time);
        _logPath = Path.Combine(logFolder, $"{settings.Name}.log");
    }

    public MemberRole Role => _settings.Role;

    /// <summary>Its name, such as <c>silo-1</c>.</summary>
    public string Name => _settings.Name;

    /// <summary>Its ports by purpose.</summary>
    public IReadOnlyDictionary<string, int> Ports => _settings.Ports;

    /// <summary>The address of a gateway.</summary>
    public Uri Address => new($"http://127.0.0.1:{Ports[MemberSettings.Http]}");

    /// <summary>The process id; null if it is not running.</summary>
    public int? ProcessId { get; private set; }

    /// <summary>Whether its process exists, suspended or not.</summary>
    public bool IsRunning => ProcessId is not null;

    /// <summary>Whether its process is suspended.</summary>
    public bool IsSuspended { get; private set; }

    /// <summary>The epoch of the newest ticker that started in the current process; 0 if none has.</summary>
    public long TickerEpoch => IsRunning ? _log?.TickerEpoch ?? 0 : 0;

    /// <summary>The exchanges whose feeds run in the current process.</summary>
    public IReadOnlyCollection<string> Feeds => IsRunning ? _log?.Feeds ?? [] : [];

    /// <summary>When the process was last killed, suspended or asked to stop, as a timestamp of the clock.</summary>
    public long StruckAt { get; private set; }

    /// <summary>Raised with the exit code when the process ends unexpectedly.</summary>
    public event Action<Member, int>? EndedByItself;

    /// <summary>Completes when the process has ended.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    /// <summary>Starts the process and waits until it is ready.</summary>
    /// <exception cref="ClusterException">It ended, or took too long.</exception>
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
        _isExpectedToEnd = false;
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
            var first = await Task.WhenAny(log.Started, Ended).WaitAsync(StartTimeout, _time, cancellationToken);
            if (first == Ended)
            {
                throw new ClusterException($"{Name} ended instead of starting:{Environment.NewLine}{log.Newest}");
            }
        }
        catch (TimeoutException)
        {
            throw new ClusterException($"{Name} did not start within {StartTimeout.TotalSeconds} s:{Environment.NewLine}{log.Newest}");
        }
    }

    /// <summary>Kills the process and waits for its end.</summary>
    public async Task KillAsync()
    {
        _isExpectedToEnd = true;
        if (ProcessId is { } pid)
        {
            StruckAt = _time.GetTimestamp();
            await SignalAsync(pid, ProcessSignal.Kill);
            await Ended;
        }
    }

    /// <summary>Asks the process to stop and waits for its end. Kills it if that takes too long.</summary>
    /// <returns>Whether it stopped in time.</returns>
    public async Task<bool> StopAsync()
    {
        _isExpectedToEnd = true;
        if (ProcessId is not { } pid)
        {
            return true;
        }

        StruckAt = _time.GetTimestamp();
        await SignalAsync(pid, ProcessSignal.Terminate);
        try
        {
            await Ended.WaitAsync(StopTimeout, _time);
            return true;
        }
        catch (TimeoutException)
        {
            await KillAsync();
            return false;
        }
    }

    /// <summary>Suspends the process.</summary>
    public async Task SuspendAsync()
    {
        _isExpectedToEnd = true; // The others may declare it dead, and then it ends once it resumes.
        IsSuspended = true;
        StruckAt = _time.GetTimestamp();
        await ProcessSignal.SendAsync(ProcessId ?? throw new ClusterException($"{Name} does not run."), ProcessSignal.Stop);
    }

    /// <summary>Resumes the process.</summary>
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
            // It has just ended.
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
        if (!_isExpectedToEnd)
        {
            EndedByItself?.Invoke(this, code);
        }
    }
}
