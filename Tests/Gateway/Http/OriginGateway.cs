using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Http;

/// <summary>A gateway behind a known proxy, with one other origin that may use it. Its limits are low, so that few requests reach them.</summary>
public sealed class OriginGateway : IAsyncLifetime
{
    private GatewayHost? _host;

    internal GatewayHost Host => _host!;

    internal string Token { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        _host = await GatewayHost.StartAsync(
            ("Cors:Origins:0", "https://Bücher.example:443"),
            ("Forwarding:KnownProxies:0", "127.0.0.1"),
            ("Limits:ExchangesPerMinute", "2"), // With 1, two addresses that fall into one bucket would be too many.
            ("Limits:FailuresPerMinute", "2"),
            ("Limits:SocketsPerAddress", "1"));
        Token = await _host.GetTokenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
