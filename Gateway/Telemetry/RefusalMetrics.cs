using System.Diagnostics.Metrics;

namespace OrleansTicker.Gateway.Telemetry;

/// <summary>Counts what limits have refused. Unlike the logs, it counts every request of a flood.</summary>
internal sealed class RefusalMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _refused = meters.Create(GatewayMeter.Name)
        .CreateCounter<long>("ticker.refused", "{request}", "Connections and requests beyond a limit");

    /// <summary>Something was refused.</summary>
    /// <param name="limit">By which limit.</param>
    public void Refused(string limit) => _refused.Add(1, new KeyValuePair<string, object?>("limit", limit));
}
