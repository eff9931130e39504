using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Market;
using OrleansTicker.LoadTest.Exchange;

namespace OrleansTicker.Tests.Hosting;

/// <summary>The gateway, with prices of five exchanges that the test moves by hand.</summary>
internal sealed class ExchangesHost : IAsyncDisposable
{
    /// <summary>The exchanges, each with the number of channels that a product is subscribed to.</summary>
    private static readonly Dictionary<string, int> Channels = new() { ["Coinbase"] = 3, ["Kraken"] = 2, ["Binance"] = 3, ["Bitstamp"] = 2, ["OKX"] = 3 };

    private ExchangesHost(ExchangeServer exchanges, GatewayHost gateway) => (Exchanges, Gateway) = (exchanges, gateway);

    public ExchangeServer Exchanges { get; }

    public GatewayHost Gateway { get; }

    /// <summary>Starts the exchanges and a gateway that asks them for BTC-USD, and waits until each has a price of 42,000 in the market.</summary>
    public static async Task<ExchangesHost> StartAsync(CancellationToken cancellationToken, params (string Key, string? Value)[] settings)
    {
        var exchanges = await ExchangeServer.StartNewAsync(new ExchangeServerOptions(), TimeProvider.System, cancellationToken);
        (string, string?)[] all = [.. SettingsOf(exchanges), .. settings];
        if (!settings.Any(setting => setting.Key.StartsWith("Ticker:Exchanges:Symbols", StringComparison.Ordinal)))
        {
            all = [.. all, ("Ticker:Exchanges:Symbols:0", "BTC-USD")];
        }

        var gateway = await GatewayHost.StartAsync(all);
        await Eventually.TrueAsync(
            () => Channels.All(exchange => exchanges[exchange.Key].Connections.Any(connection => connection.Subscriptions.Count == exchange.Value)),
            "every exchange has a subscriber of all channels");
        var host = new ExchangesHost(exchanges, gateway);
        host.Quote(42_000m);
        var market = gateway.Services.GetRequiredService<IMarketFeed>();
        await Eventually.TrueAsync(() => market.Newest.Symbols.Length == Channels.Count + 1, "every exchange has a price in the market");
        return host;
    }

    /// <summary>The settings with which a gateway finds the exchanges.</summary>
    private static IEnumerable<(string, string?)> SettingsOf(ExchangeServer exchanges) =>
    [
        .. exchanges.Settings.Select(setting => (setting.Key, (string?)setting.Value)),
        .. Channels.Keys.Select(name => ($"Ticker:{name}:ProductsPath", (string?)"")),
    ];

    /// <summary>Sets bid, ask and last price of BTC-USD at some exchanges: a trade at the middle of the book.</summary>
    public void Quote(decimal price, params IEnumerable<string> exchanges)
    {
        foreach (var exchange in exchanges.DefaultIfEmpty().SelectMany(name => name is null ? Channels.Keys : (IEnumerable<string>)[name]))
        {
            Exchanges.Market.Book(exchange, "BTC-USD", price - 1, 2, price + 1, 3);
            Exchanges.Market.Trade(exchange, "BTC-USD", price, 0.5m);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Exchanges.DisposeAsync();
    }
}
