using System.Collections.Concurrent;
using System.Text.Json;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>Reads the JSON log of a process, writes it to a file, and extracts what is needed here.</summary>
internal sealed class MemberLog : IDisposable
{
    private const int TickerRuns = 1000;
    private const int FeedRuns = 1030;
    private const int FeedStops = 1031;
    private const int LinesKept = 10;

    /// <summary>Parts of the lines that are worth parsing.</summary>
    private static readonly string[] Marks = ["Application started", "The ticker runs", "The feed of"];

    private readonly StreamWriter _file;
    private readonly Queue<string> _newest = new();
    private readonly Lock _writing = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<string, bool> _feeds = new(StringComparer.Ordinal);
    private long _tickerEpoch;

    /// <param name="path">The file. Each run appends to it.</param>
    public MemberLog(string path) => _file = new StreamWriter(path, append: true);

    /// <summary>Completes when the program has started.</summary>
    public Task Started => _started.Task;

    /// <summary>The epoch of the newest ticker that started in this process; 0 if none has.</summary>
    public long TickerEpoch => Interlocked.Read(ref _tickerEpoch);

    /// <summary>The exchanges whose feeds run in this process.</summary>
    public IReadOnlyCollection<string> Feeds => [.. _feeds.Keys];

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

        if (line.StartsWith('{') && Array.Exists(Marks, mark => line.Contains(mark, StringComparison.Ordinal)))
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
                return;
            }

            var state = root.GetProperty("State");
            switch (root.GetProperty("EventId").GetInt32())
            {
                case TickerRuns:
                    Interlocked.Exchange(ref _tickerEpoch, state.GetProperty("Epoch").GetInt64());
                    break;
                case FeedRuns:
                    _feeds[state.GetProperty("Exchange").GetString()!] = true;
                    break;
                case FeedStops:
                    _feeds.TryRemove(state.GetProperty("Exchange").GetString()!, out _);
                    break;
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Not a log entry.
        }
    }
}
