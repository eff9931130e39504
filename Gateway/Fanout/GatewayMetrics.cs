using System.Diagnostics.Metrics;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Fanout;

/// <summary>What the gateway counts of its sessions.</summary>
internal sealed class GatewayMetrics
{
    private readonly Counter<long> _ended;

    public GatewayMetrics(IMeterFactory meters, FanoutWorkers workers, Views views)
    {
        var meter = meters.Create(GatewayMeter.Name);
        meter.CreateObservableUpDownCounter("ticker.sessions", () => workers.Count, "{session}", "Open sessions");
        meter.CreateObservableUpDownCounter("ticker.views", () => views.Count, "{view}", "Different views of open sessions");
        meter.CreateObservableUpDownCounter("ticker.slow_consumers", () => workers.Sum(sent => sent.SlowConsumers), "{session}", "Sessions that are slow consumers");
        meter.CreateObservableCounter("ticker.slow_consumer.episodes", () => workers.Sum(sent => sent.SlowEpisodes), "{episode}", "Times a session became a slow consumer");
        meter.CreateObservableCounter("ticker.frames", () => workers.Sum(sent => sent.Frames), "{frame}", "Messages with prices");
        meter.CreateObservableCounter("ticker.conflated", () => workers.Sum(sent => sent.Conflated), "{tick}", "Ticks without a message of their own because a socket was slow");
        _ended = meter.CreateCounter<long>("ticker.sessions.ended", "{session}", "Sessions that have ended, by close code");
    }

    /// <summary>A session has ended.</summary>
    /// <param name="closeCode">As in docs/protocol.md; 1006 where the client vanished.</param>
    public void SessionEnded(int closeCode) => _ended.Add(1, new KeyValuePair<string, object?>("close_code", closeCode));
}
