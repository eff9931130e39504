using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Grains.Ticker;

/// <summary>
/// Knows whether the source gives usable prices. An outage is told once when it begins and once when it ends. For the ticker's turns alone.
/// </summary>
internal sealed partial class PriceWatch(string source, TimeSpan timeout, ILogger logger)
{
    /// <summary>The outage that lasts; null while prices come.</summary>
    public PriceOutage? Outage { get; private set; }

    /// <summary>Notes how the source does now.</summary>
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
