using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>What a client was told of the exchanges, and when. Thread-safe.</summary>
internal sealed class StatusLog(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, bool> _newest = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<StatusChange> _changes = [];

    /// <summary>Takes a status message.</summary>
    public void Take(ReceivedFeed[] feeds)
    {
        var now = time.GetTimestamp();
        lock (_gate)
        {
            foreach (var (exchange, isLive) in feeds)
            {
                if (!_newest.TryGetValue(exchange, out var wasLive) || wasLive != isLive)
                {
                    _newest[exchange] = isLive;
                    _changes.Add(new StatusChange(now, exchange, isLive));
                }
            }
        }
    }

    /// <summary>Whether an exchange counts, as the client was last told.</summary>
    public bool IsLive(string exchange)
    {
        lock (_gate)
        {
            return _newest.GetValueOrDefault(exchange);
        }
    }

    /// <summary>When the client was first told, since a time, that an exchange is away.</summary>
    /// <param name="exchange">The exchange; case does not matter.</param>
    /// <param name="since">A timestamp of the clock.</param>
    /// <returns>The time since then; null if it was not told.</returns>
    public TimeSpan? AwayAfter(string exchange, long since) => Find(exchange, since, isLive: false, (first, _) => first);

    /// <summary>When the client was last told, since a time, that an exchange counts again.</summary>
    /// <param name="exchange">The exchange; case does not matter.</param>
    /// <param name="since">A timestamp of the clock.</param>
    /// <returns>The time since then; null if it was not told, or if the exchange has gone again.</returns>
    public TimeSpan? BackAfter(string exchange, long since) => IsLive(exchange) ? Find(exchange, since, isLive: true, (_, last) => last) : null;

    private TimeSpan? Find(string exchange, long since, bool isLive, Func<StatusChange, StatusChange, StatusChange> choose)
    {
        lock (_gate)
        {
            var found = _changes.FindAll(change => change.At >= since && change.IsLive == isLive && change.Exchange.Equals(exchange, StringComparison.OrdinalIgnoreCase));
            return found.Count == 0 ? null : time.GetElapsedTime(since, choose(found[0], found[^1]).At);
        }
    }
}
