namespace OrleansTicker.Gateway.Telemetry;

/// <summary>
/// The meter of all that the gateway counts, as metrics of .NET: any OpenTelemetry exporter or <c>dotnet-counters</c> reads them. Its instruments
/// are in <c>SessionMetrics</c>, <c>MarketMetrics</c> and <c>RefusalMetrics</c>.
/// </summary>
internal static class GatewayMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "OrleansTicker.Gateway";

    /// <summary>The name of the meter of an embedded silo.</summary>
    public const string SiloName = "OrleansTicker.Silo";
}
