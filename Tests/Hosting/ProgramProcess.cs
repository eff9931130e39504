using System.Collections.Concurrent;
using System.Diagnostics;
using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.Tests.Hosting;

/// <summary>A program in its own process, with its own data, observed by its output and exit code.</summary>
internal sealed class ProgramProcess : IDisposable
{
    public const string Interrupt = "INT";

    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly Process _process;

    private ProgramProcess(string program, (string Key, string? Value)[] settings)
    {
        var start = BuiltProgram.StartOf(program);
        if (OperatingSystem.IsLinux())
        {
            // If the tests run in the background of a shell, SIGINT is ignored in all processes that they start.
            start.ArgumentList.Insert(0, start.FileName);
            start.ArgumentList.Insert(0, $"--default-signal={Interrupt}");
            start.FileName = "env";
        }

        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["Audit__Folder"] = _folder["audit"];
        start.Environment["Keys__Path"] = _folder["keys.db"];
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(_output, line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(_errors, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Its output so far.</summary>
    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>What it has told its operator.</summary>
    public string Errors => string.Join(Environment.NewLine, _errors);

    public static ProgramProcess Start(string program, params (string Key, string? Value)[] settings) => new(program, settings);

    /// <summary>Waits for a text in its output.</summary>
    public async Task HasSaidAsync(string text)
    {
        await Eventually.TrueAsync(() => _process.HasExited || Has(text), $"the program says '{text}'");
        Assert.True(Has(text), $"The program has ended without '{text}': {Errors}");
    }

    public Task SignalAsync(string signal) => ProcessSignal.SendAsync(_process.Id, signal);

    /// <summary>Waits until it has ended.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        using var timeout = new CancellationTokenSource(TickerClient.Patience);
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _folder.Dispose();
    }

    private static void Keep(ConcurrentQueue<string> lines, string? line)
    {
        if (line is not null)
        {
            lines.Enqueue(line);
        }
    }

    private bool Has(string text) => _output.Any(line => line.Contains(text, StringComparison.Ordinal));
}
