using OrleansTicker.Gateway.WebSockets;

namespace OrleansTicker.Tests.Gateway.WebSockets;

/// <summary>Where two readers of the same bytes first hear something else.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Compression">How the client may compress.</param>
/// <param name="Alike">What both have heard before.</param>
/// <param name="Own">What the gateway's own reader hears, if anything.</param>
/// <param name="Platform">What the platform hears, if anything.</param>
internal sealed record Divergence(byte[] Bytes, ClientCompression? Compression, Heard[] Alike, Heard? Own, Heard? Platform)
{
    public override string ToString() =>
        $"{Convert.ToHexString(Bytes)} with {Compression}, after {Alike.Length} alike: {Own}, but the platform: {Platform}";
}
