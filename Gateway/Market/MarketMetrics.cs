using System.Diagnostics.Metrics;
using OrleansTicker.Gateway.Telemetry;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Gateway.Market;

/// <summary>Measures how long prices take to reach this gateway.</summary>
internal sealed class MarketMetrics
{
    private readonly Histogram<double> _delivery;
    private readonly Histogram<double> _exchangeDelay;

    public MarketMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(GatewayMeter.Name);
        _delivery = meter.CreateHistogram<double>("ticker.delivery", "ms", "From the ticker's publication of a tick to this gateway's market, by their clocks");
        _exchangeDelay = meter.CreateHistogram<double>("ticker.exchange_delay", "ms", "From the newest figure of an exchange's quote to this gateway's market, by their clocks");
    }

    /// <summary>Records that a tick was applied.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="now">When it was applied.</param>
    public void Applied(Tick tick, DateTimeOffset now)
    {
        _delivery.Record((now - tick.PublishedAt).TotalMilliseconds);
        if (!_exchangeDelay.Enabled)
        {
            return;
        }

        foreach (var quote in tick.Quotes)
        {
            // A quote that is stale was changed by what did not come.
            if (quote is { IsStale: false, Details: { } details } && SymbolNames.IsOfOneExchange(quote.Symbol))
            {
                _exchangeDelay.Record((now - details.UpdatedAt).TotalMilliseconds);
            }
        }
    }
}
