using System.Text.Json;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>Reads what a process logs, as JSON lines: it keeps all of it in a file and knows what matters here.</summary>
internal sealed class MemberLog : IDisposable
{
    private const int TickerRuns = 1000;
    private const int LinesKept = 10;

    private readonly StreamWriter _file;
    private readonly Queue<string> _newest = new();
    private readonly Lock _writing = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _tickerEpoch;

    /// <param name="path">The file; one run's lines follow on those of the run before.</param>
    public MemberLog(string path) => _file = new StreamWriter(path, append: true);

    /// <summary>Ends when the program has started.</summary>
    public Task Started => _started.Task;

    /// <summary>The epoch of the newest ticker that began in this process; 0 without any.</summary>
    public long TickerEpoch => Interlocked.Read(ref _tickerEpoch);

    /// <summary>The last lines, for whoever asks why it ended.</summary>
    public string Newest
    {
        get
        {
            lock (_writing)
            {
                return string.Join(Environment.NewLine, _newest);
            }
        }
    }

    /// <summary>Takes a line of either stream; null is a stream's end.</summary>
    public void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_writing)
        {
            _file.WriteLine(line);
            _newest.Enqueue(line);
            if (_newest.Count > LinesKept)
            {
                _newest.Dequeue();
            }
        }

        if (line.StartsWith('{') && (line.Contains("Application started", StringComparison.Ordinal) || line.Contains("The ticker runs", StringComparison.Ordinal)))
        {
            Read(line);
        }
    }

    public void Dispose()
    {
        lock (_writing)
        {
            _file.Dispose();
        }
    }

    private void Read(string line)
    {
        try
        {
            using var entry = JsonDocument.Parse(line);
            var root = entry.RootElement;
            if (root.GetProperty("Category").GetString() == "Microsoft.Hosting.Lifetime")
            {
                _started.TrySetResult();
            }
            else if (root.GetProperty("EventId").GetInt32() == TickerRuns)
            {
                Interlocked.Exchange(ref _tickerEpoch, root.GetProperty("State").GetProperty("Epoch").GetInt64());
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Not a line of the log after all.
        }
    }
}
