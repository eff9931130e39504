using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using OrleansTicker.Gateway.Telemetry;
using OrleansTicker.Grains.Interfaces.Feeds;

namespace OrleansTicker.Gateway.Feeds;

/// <summary>The feeds of the exchanges as metrics. Every gateway of a cluster has the same, as of a few seconds ago.</summary>
internal sealed class FeedMetrics
{
    private ImmutableArray<FeedReport> _reports = [];

    public FeedMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatewayMeter.Name);
        meter.CreateObservableGauge("ticker.feed.live", () => Measure(feed => feed.IsLive ? 1 : 0), null, "Whether the exchange counts in the market's prices: 1 or 0");
        meter.CreateObservableGauge("ticker.feed.connections", () => Measure(feed => feed.Connections), "{connection}", "Open connections to the exchange");
        meter.CreateObservableGauge("ticker.feed.silence", () => Measure(feed => feed.Silence?.TotalSeconds), "s", "Time since the exchange last showed a sign of life");
        meter.CreateObservableGauge("ticker.feed.symbols", () => Measure(feed => feed.Priced), "{symbol}", "Symbols of the exchange that have a price");
        meter.CreateObservableGauge("ticker.feed.refused", () => Measure(feed => feed.Refused.Length), "{symbol}", "Symbols that the exchange does not have or refuses");
        meter.CreateObservableGauge("ticker.feed.excluded", () => Measure(feed => feed.Excluded.Length), "{symbol}", "Symbols whose price at the exchange does not count");
        meter.CreateObservableGauge("ticker.feed.clock_difference", () => Measure(feed => feed.ClockDifference?.TotalSeconds ?? 0), "s", "How far the exchange's clock is ahead");
        meter.CreateObservableCounter("ticker.feed.messages", () => Measure(feed => feed.Messages), "{message}", "Messages of the exchange");
        meter.CreateObservableCounter("ticker.feed.unusable", () => Measure(feed => feed.Unusable), "{message}", "Messages of the exchange that could not be used");
        meter.CreateObservableCounter("ticker.feed.reconnects", () => Measure(feed => feed.Reconnects), "{connection}", "Connections to the exchange that were lost");
    }

    /// <summary>Takes the newest reports. Empty if there are no exchanges, or the ticker does not answer.</summary>
    public void Observe(ImmutableArray<FeedReport> reports) => ImmutableInterlocked.InterlockedExchange(ref _reports, reports);

    private IEnumerable<Measurement<double>> Measure(Func<FeedReport, double?> read)
    {
        foreach (var feed in _reports)
        {
            if (read(feed) is { } value)
            {
                yield return new Measurement<double>(value, new KeyValuePair<string, object?>("exchange", feed.Exchange));
            }
        }
    }
}
