using Spectre.Console;

namespace OrleansTicker.LoadTest.Reporting;

/// <summary>
/// Shows progress on standard error, so that standard output contains only the report. On a terminal one line changes; otherwise a new line
/// appears every few seconds.
/// </summary>
internal sealed class ProgressView : IProgressView
{
    private const int WidthWithoutTerminal = 500; // Without a terminal, lines are not wrapped.

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly Lock _writing = new();
    private StatusContext? _live;
    private long? _shownAt;

    private ProgressView(IAnsiConsole console, TimeProvider time) => (_console, _time) = (console, time);

    /// <summary>Runs an action that shows its progress.</summary>
    public static async Task<T> WatchAsync<T>(TextWriter error, TimeProvider time, Func<IProgressView, Task<T>> run)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
        var view = new ProgressView(console, time);
        if (!console.Profile.Capabilities.Interactive || Console.IsErrorRedirected || error != Console.Error)
        {
            console.Profile.Width = WidthWithoutTerminal;
            return await run(view);
        }

        return await console.Status().StartAsync("starting", async live =>
        {
            view._live = live;
            return await run(view);
        });
    }

    public void Show(string status)
    {
        lock (_writing)
        {
            if (_live is not null)
            {
                _live.Status(Markup.Escape(status));
            }
            else if (_shownAt is not { } shownAt || _time.GetElapsedTime(shownAt) >= Interval)
            {
                _shownAt = _time.GetTimestamp();
                _console.WriteLine(status);
            }
        }
    }

    public void Tell(string line)
    {
        lock (_writing)
        {
            _console.WriteLine(line);
        }
    }
}
