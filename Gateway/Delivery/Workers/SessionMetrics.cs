using System.Diagnostics.Metrics;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Telemetry;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>What the gateway counts of its sessions.</summary>
internal sealed class SessionMetrics
{
    /// <summary>From here on codes are for libraries and applications (RFC 6455, 7.4.2).</summary>
    private const int FirstOwnCode = 3000;

    private readonly Counter<long> _ended;

    public SessionMetrics(IMeterFactory meters, FanoutWorkers workers, Views views)
    {
        var meter = meters.Create(GatewayMeter.Name);
        meter.CreateObservableUpDownCounter("ticker.sessions", () => workers.Count, "{session}", "Open sessions");
        meter.CreateObservableUpDownCounter("ticker.views", () => views.Count, "{view}", "Different views of open sessions");
        meter.CreateObservableUpDownCounter("ticker.slow_consumers", () => workers.Sum(sent => sent.SlowConsumers), "{session}", "Sessions that are slow consumers");
        meter.CreateObservableCounter("ticker.slow_consumer.episodes", () => workers.Sum(sent => sent.SlowEpisodes), "{episode}", "Times a session became a slow consumer");
        meter.CreateObservableCounter("ticker.frames", () => workers.Sum(sent => sent.Frames), "{frame}", "Messages with prices");
        meter.CreateObservableCounter("ticker.conflated", () => workers.Sum(sent => sent.Conflated), "{tick}", "Ticks without a message of their own because a socket was slow");
        _ended = meter.CreateCounter<long>("ticker.sessions.ended", "{session}", "Sessions that have ended, by close code and by who closed");
    }

    /// <summary>A session has ended.</summary>
    /// <param name="closeCode">As in docs/protocol.md or, where the client has closed, its own; 1006 where the client vanished.</param>
    /// <param name="isByClient">Whether it was the client that closed.</param>
    public void SessionEnded(int closeCode, bool isByClient)
    {
        // A client may choose among thousands of codes, and each would be a figure of its own.
        var code = isByClient && closeCode >= FirstOwnCode ? FirstOwnCode : closeCode;
        _ended.Add(1, new("close_code", code), new KeyValuePair<string, object?>("closed_by", isByClient ? "client" : "gateway"));
    }
}
