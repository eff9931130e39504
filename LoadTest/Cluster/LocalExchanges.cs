using OrleansTicker.LoadTest.Exchange;
using OrleansTicker.LoadTest.Exchange.Market;

namespace OrleansTicker.LoadTest.Cluster;

/// <summary>Exchanges in this process for a cluster to connect to, whose invented market always moves.</summary>
internal sealed class LocalExchanges : IAsyncDisposable
{
    /// <summary>The changes a second at all exchanges together: several in every tick.</summary>
    private const int Rate = 2000;

    private const int Seed = 1;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _moving;

    private LocalExchanges(ExchangeServer server, MarketDriver driver)
    {
        Server = server;
        _moving = driver.RunAsync(_stopping.Token);
    }

    public ExchangeServer Server { get; }

    /// <summary>Starts them on a free port of the loopback address.</summary>
    public static async Task<LocalExchanges> StartAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var symbols = TestSymbols.First(7); // Those that the market has by default.
        var server = new ExchangeServer(new ExchangeServerOptions { Symbols = symbols }, time);
        var driver = ExchangeRun.DriverOf(server, symbols, Rate, Seed, time);
        driver.Open();
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return new LocalExchanges(server, driver);
    }

    /// <summary>The environment of a process that is to take its prices from them.</summary>
    /// <param name="folder">The folder for the lists of products.</param>
    public IEnumerable<KeyValuePair<string, string>> EnvironmentWith(string folder) =>
        Server.Settings
            .Concat(Server.Venues.Select(venue => KeyValuePair.Create($"Ticker:{venue.Dialect.Name}:ProductsPath", Path.Combine(folder, $"{venue.Dialect.Name}.json"))))
            .Select(setting => KeyValuePair.Create(setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _moving;
        await Server.DisposeAsync();
        _stopping.Dispose();
    }
}
