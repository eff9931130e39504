using System.Diagnostics;

namespace OrleansTicker.Tests.Hosting;

/// <summary>The silo program in its own process, which can be killed.</summary>
internal sealed class SiloProcess : IDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private SiloProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) =>
        {
            if (line.Data?.Contains("Application started", StringComparison.Ordinal) == true)
            {
                _started.TrySetResult();
            }
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its port for the other silos.</summary>
    public required int Port { get; init; }

    public static async Task<SiloProcess> StartAsync((string Key, string? Value)[] settings)
    {
        var port = FreePort.Find();
        var start = BuiltProgram.StartOf("Silo");
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        foreach (var (key, value) in settings.Append(("Orleans:Endpoints:SiloPort", $"{port}")))
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var silo = new SiloProcess(start) { Port = port };
        await silo._started.Task.WithinTimeoutAsync();
        return silo;
    }

    /// <summary>Kills it, as <c>kill -9</c> does.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
