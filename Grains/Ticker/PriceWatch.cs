using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Grains.Ticker;

/// <summary>
/// Tracks outages of the price source and logs the beginning and end of each. Used only in the ticker's turns.
/// </summary>
internal sealed partial class PriceWatch(string source, TimeSpan timeout, ILogger logger)
{
    /// <summary>The current outage; null while prices come.</summary>
    public PriceOutage? Outage { get; private set; }

    /// <summary>Updates the outage from the state of the source.</summary>
    public void Observe(PriceSilence silence)
    {
        var before = Outage;
        Outage = silence.Length >= timeout ? new PriceOutage(source, silence.Length, silence.Cause) : null;
        if (before is null && Outage is not null)
        {
            LogBegun(source, timeout, silence.Cause ?? "the cause is not known");
        }
        else if (before is not null && Outage is null)
        {
            LogEnded(source, before.Silence);
        }
    }

    [LoggerMessage(1004, LogLevel.Warning, "No usable price from {Source} for {Timeout}: {Cause}. The last prices stand until others come")]
    private partial void LogBegun(string source, TimeSpan timeout, string cause);

    [LoggerMessage(1005, LogLevel.Information, "Usable prices come from {Source} again, after {Silence} without")]
    private partial void LogEnded(string source, TimeSpan silence);
}
