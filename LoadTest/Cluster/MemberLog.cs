using System.Text.Json;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>Reads the JSON log of a process, writes it to a file, and extracts what is needed here.</summary>
internal sealed class MemberLog : IDisposable
{
    private const int TickerRuns = 1000;
    private const int LinesKept = 10;

    private readonly StreamWriter _file;
    private readonly Queue<string> _newest = new();
    private readonly Lock _writing = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _tickerEpoch;

    /// <param name="path">The file. Each run appends to it.</param>
    public MemberLog(string path) => _file = new StreamWriter(path, append: true);

    /// <summary>Completes when the program has started.</summary>
    public Task Started => _started.Task;

    /// <summary>The epoch of the newest ticker that started in this process; 0 if none has.</summary>
    public long TickerEpoch => Interlocked.Read(ref _tickerEpoch);

    /// <summary>The last lines, to explain why the process ended.</summary>
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

    /// <summary>Handles a line of either stream; null at the end of a stream.</summary>
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
            // Not a log entry.
        }
    }
}
