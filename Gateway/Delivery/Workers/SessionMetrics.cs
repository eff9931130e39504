using System.Diagnostics.Metrics;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Telemetry;

namespace OrleansTicker.Gateway.Delivery.Workers;

/// <summary>Metrics of the gateway's sessions.</summary>
internal sealed class SessionMetrics
{
    /// <summary>The first close code for libraries and applications (RFC 6455, 7.4.2).</summary>
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
        meter.CreateObservableUpDownCounter("ticker.transport", () => new Measurement<int>(1, new KeyValuePair<string, object?>("kind", workers.Transport.Name())), "{gateway}", "How prices are sent to connections without TLS: uring, send or stream");
        _ended = meter.CreateCounter<long>("ticker.sessions.ended", "{session}", "Sessions that have ended, by close code and by who closed");
    }

    /// <summary>Counts a session that has ended.</summary>
    /// <param name="closeCode">
    /// The gateway's close code (docs/protocol.md), or the client's if the client closed; 1006 if the client vanished.
    /// </param>
    /// <param name="isByClient">Whether the client closed.</param>
    public void SessionEnded(int closeCode, bool isByClient)
    {
        // A client may choose any of thousands of codes, and each would be a time series of its own.
        var code = isByClient && closeCode >= FirstOwnCode ? FirstOwnCode : closeCode;
        _ended.Add(1, new("close_code", code), new KeyValuePair<string, object?>("closed_by", isByClient ? "client" : "gateway"));
    }}
