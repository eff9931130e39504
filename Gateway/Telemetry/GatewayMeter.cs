namespace OrleansTicker.Gateway.Telemetry;

/// <summary>The meter of all that the gateway counts, as metrics of .NET: any OpenTelemetry exporter or <c>dotnet-counters</c> reads them.</summary>
internal static class GatewayMeter
{
    /// <summary>The meter's name.</summary>
    public const string Name = "OrleansTicker.Gateway";
}
