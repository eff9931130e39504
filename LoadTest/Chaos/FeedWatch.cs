using OrleansTicker.LoadTest.Cluster;
using OrleansTicker.LoadTest.Exchange;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>Watches the feeds of the exchanges during one fault: which silos run them before it, and what becomes of them.</summary>
internal sealed class FeedWatch
{
    private readonly ExchangeServer _server;
    private readonly StatusLog _log;
    private readonly TimeProvider _time;
    private readonly long _begunAt;
    private readonly Dictionary<string, (Member Silo, int Connects)> _before = new(StringComparer.Ordinal);

    /// <summary>Begins the watch of a fault.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="server">The exchanges.</param>
    /// <param name="log">What a client is told of them.</param>
    /// <param name="time">The clock.</param>
    public FeedWatch(LocalCluster cluster, ExchangeServer server, StatusLog log, TimeProvider time)
    {
        (_server, _log, _time, _begunAt) = (server, log, time, time.GetTimestamp());
        foreach (var silo in cluster.Silos)
        {
            foreach (var exchange in silo.Feeds)
            {
                _before[exchange] = (silo, ConnectsOf(exchange));
            }
        }
    }

    /// <summary>What has become of the feeds, in the order of the exchanges' names.</summary>
    public IReadOnlyList<FeedOutcome> End() =>
    [
        .. _before.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => OutcomeOf(pair.Key, pair.Value.Silo, pair.Value.Connects)),
    ];

    private FeedOutcome OutcomeOf(string exchange, Member silo, int connectsBefore)
    {
        var isHit = silo.StruckAt >= _begunAt;
        var since = isHit ? silo.StruckAt : _begunAt;
        var venue = _server[exchange];
        var connects = venue.Connections.Skip(connectsBefore).ToList();
        return new FeedOutcome
        {
            Exchange = exchange,
            Silo = silo.Name,
            IsHit = isHit,
            AwayAfter = _log.AwayAfter(exchange, since)?.TotalSeconds,
            BackAfter = _log.BackAfter(exchange, since)?.TotalSeconds,
            Connects = connects.Count,
            ConnectedAfter = connects.Count == 0 ? null : (_time.GetElapsedTime(since) - (venue.Elapsed - connects[0].OpenedAt)).TotalSeconds,
        };
    }

    private int ConnectsOf(string exchange) => _server[exchange].Connections.Count;
}
