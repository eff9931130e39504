using System.Collections.Concurrent;
using System.Globalization;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>Counts how a gateway answered an attack. Thread-safe.</summary>
internal sealed class Answers
{
    /// <summary>The connection ended without an answer.</summary>
    public const string Cut = "cut";

    /// <summary>The connection was refused.</summary>
    public const string Refused = "refused";

    /// <summary>The attackers closed the connection.</summary>
    public const string Left = "left";

    /// <summary>There was no answer in time.</summary>
    public const string None = "no answer";

    private readonly ConcurrentDictionary<string, int> _counts = new();
    private int _opened;
    private int _total;

    /// <summary>The number of answers.</summary>
    public int Total => Volatile.Read(ref _total);

    /// <summary>How often an attacker was let in without a right to it.</summary>
    public int Opened => Volatile.Read(ref _opened);

    public SortedDictionary<string, int> Counts => new(_counts.ToDictionary(), StringComparer.Ordinal);

    public void Add(string answer)
    {
        _counts.AddOrUpdate(answer, 1, (_, count) => count + 1);
        Interlocked.Increment(ref _total);
    }

    /// <summary>Counts an HTTP status that an unauthorized request received.</summary>
    public void AddStatus(int status)
    {
        if (status is >= 100 and < 300)
        {
            Interlocked.Increment(ref _opened);
        }

        Add(string.Create(CultureInfo.InvariantCulture, $"HTTP {status}"));
    }

    /// <summary>Counts the close code of a WebSocket.</summary>
    public void AddClose(int code) => Add(string.Create(CultureInfo.InvariantCulture, $"close {code}"));
}
