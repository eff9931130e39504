using System.Diagnostics.Metrics;
using OrleansTicker.Gateway.Telemetry;

namespace OrleansTicker.Gateway.Market;

/// <summary>Measures how long prices take to reach this gateway.</summary>
internal sealed class MarketMetrics(IMeterFactory meters)
{
    private readonly Histogram<double> _delivery = meters.Create(GatewayMeter.Name)
        .CreateHistogram<double>("ticker.delivery", "ms", "From the ticker's publication of a tick to this gateway's market, by their clocks");

    /// <summary>Records that a tick was applied.</summary>
    /// <param name="age">The time since its publication.</param>
    public void Applied(TimeSpan age) => _delivery.Record(age.TotalMilliseconds);
}
