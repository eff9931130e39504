using System.Collections.Concurrent;
using System.Globalization;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>How a gateway has answered an attack, and how often. For any number of threads.</summary>
internal sealed class Answers
{
    /// <summary>The connection ended, without a word that could be read.</summary>
    public const string Cut = "cut";

    /// <summary>There was no connection.</summary>
    public const string Refused = "refused";

    /// <summary>The attackers ended it: the gateway had no reason to.</summary>
    public const string Left = "left";

    /// <summary>There was no answer when the time was over.</summary>
    public const string None = "no answer";

    private readonly ConcurrentDictionary<string, int> _counts = new();
    private int _opened;
    private int _total;

    /// <summary>How many have been counted.</summary>
    public int Total => Volatile.Read(ref _total);

    /// <summary>How often something was opened that nobody had a right to.</summary>
    public int Opened => Volatile.Read(ref _opened);

    public SortedDictionary<string, int> Counts => new(_counts.ToDictionary(), StringComparer.Ordinal);

    public void Add(string answer)
    {
        _counts.AddOrUpdate(answer, 1, (_, count) => count + 1);
        Interlocked.Increment(ref _total);
    }

    /// <summary>An HTTP status to who had no right to anything.</summary>
    public void AddStatus(int status)
    {
        if (status is >= 100 and < 300)
        {
            Interlocked.Increment(ref _opened);
        }

        Add(string.Create(CultureInfo.InvariantCulture, $"HTTP {status}"));
    }

    /// <summary>The close code of a socket.</summary>
    public void AddClose(int code) => Add(string.Create(CultureInfo.InvariantCulture, $"close {code}"));
}
