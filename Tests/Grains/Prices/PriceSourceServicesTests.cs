using System.Text;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Hosting;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices;
using OrleansTicker.Grains.Prices.Feeds;
using OrleansTicker.Grains.Prices.Replay;
using OrleansTicker.Grains.Prices.Simulated;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Grains.Prices;

public sealed class PriceSourceServicesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Prices_are_simulated_unless_configured_otherwise()
    {
        using var host = await StartAsync();

        var source = host.Services.GetRequiredService<IPriceSourceFactory>().Create();

        Assert.Equal([42000.00m, 2500.00m, 95.00m], Assert.IsType<SimulatedSource>(source).Prices());
    }

    [Theory]
    [InlineData("simulated", typeof(SimulatedSource))]
    [InlineData("COINBASE", typeof(ExchangeSource))]
    [InlineData("Replay", typeof(ReplaySource))]
    public async Task The_source_is_chosen_by_name_in_any_case(string name, Type type)
    {
        using var host = await StartAsync(("Ticker:Source", name), ("Ticker:Replay:Path", _folder.Write("feed.tsv", "")));

        await using var source = host.Services.GetRequiredService<IPriceSourceFactory>().Create();

        Assert.IsType(type, source);
    }

    [Theory]
    [InlineData("Coinbase", "USD")]
    [InlineData("Kraken", "USD")]
    [InlineData("Binance", "USDT")]
    [InlineData("Bitstamp", "USD")]
    [InlineData("OKX", "USDT")]
    public async Task An_exchange_alone_is_asked_for_symbols_in_its_currency_unless_configured_otherwise(string name, string currency)
    {
        using var host = await StartAsync(("Ticker:Source", name));

        await using var source = host.Services.GetRequiredService<IPriceSourceFactory>().Create();

        Assert.Equal(
            [$"BTC-{currency}", $"ETH-{currency}", $"SOL-{currency}"],
            ((string[])["BTC-USD", "BTC-USDT", "ETH-USD", "ETH-USDT", "SOL-USD", "SOL-USDT"]).Where(source.Covers));
    }

    [Fact]
    public async Task Recordings_of_several_exchanges_are_played_as_one_market()
    {
        using var host = await StartAsync(
            ("Ticker:Source", "Replay"),
            ("Ticker:Replay:Recordings:okx", _folder.Write("okx.tsv", "")),
            ("Ticker:Replay:Recordings:BINANCE", _folder.Write("binance.tsv", "")));

        await using var source = host.Services.GetRequiredService<IPriceSourceFactory>().Create();

        Assert.Equal(["Binance", "OKX"], Assert.IsType<MarketReplay>(source).Report().Select(report => report.Exchange));
    }

    [Fact]
    public async Task A_replayed_market_needs_valid_settings_of_consolidated_prices()
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(
            ("Ticker:Source", "Replay"), ("Ticker:Replay:Recordings:OKX", _folder.Write("okx.tsv", "")), ("Consolidation:MinSources", "0")));

        Assert.Contains("MinSources", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Configured_symbols_replace_the_default_ones()
    {
        using var host = await StartAsync(("Ticker:Simulated:Symbols:DOGE-USD", "0.16"), ("Ticker:Simulated:Symbols:PEPE-USD", "8.12e-06"));

        var source = host.Services.GetRequiredService<IPriceSourceFactory>().Create();

        Assert.Equal([0.16m, 0.00000812m], source.Prices());
    }

    [Fact]
    public async Task Simulated_prices_may_be_of_any_size_from_a_millionth_of_a_millionth_to_a_million_millions()
    {
        using var host = await StartAsync(("Ticker:Simulated:Symbols:A", "0.000000000001"), ("Ticker:Simulated:Symbols:B", "1000000000000"));

        var source = host.Services.GetRequiredService<IPriceSourceFactory>().Create();

        Assert.Equal([0.000000000001m, 1_000_000_000_000m], source.Prices());
    }

    [Fact]
    public async Task Configured_products_replace_the_default_ones()
    {
        using var host = await StartAsync(("Ticker:Coinbase:Products:0", "DOGE-USD"));

        Assert.Equal(["DOGE-USD"], host.Services.GetRequiredService<IOptionsMonitor<FeedOptions>>().Get("Coinbase").Products);
    }

    [Fact]
    public async Task A_simulated_market_goes_on_from_known_prices()
    {
        using var host = await StartAsync();

        var source = host.Services.GetRequiredService<IPriceSourceFactory>().Create([new Quote("SOL-USD", 101.5m, default)]);

        Assert.Equal([42000.00m, 2500.00m, 101.5m], source.Prices());
    }

    [Theory]
    [InlineData("Ticker:Source is 'Nowhere'; set it to Simulated, Coinbase, ", "Ticker:Source=Nowhere")]
    [InlineData(", Replay or Exchanges.", "Ticker:Source=Nowhere")]
    [InlineData("Ticker:Source is '1'", "Ticker:Source=1")]
    [InlineData("Ticker:Simulated:Volatility is 1.5; set it from 0 to 0.1.", "Ticker:Simulated:Volatility=1.5")]
    [InlineData(
        "Ticker:Simulated:Symbols:A is 0.0000000000009; set it from 0.000000000001 to 1000000000000.", "Ticker:Simulated:Symbols:A=0.0000000000009")]
    [InlineData("Ticker:Simulated:Symbols:A is 1000000000000.1; set it from", "Ticker:Simulated:Symbols:A=1000000000000.1")]
    [InlineData("Ticker:Simulated:Symbols has 'A B'", "Ticker:Simulated:Symbols:A B=1")]
    [InlineData("Ticker:Coinbase:Url is 'https://x'; set it to", "Ticker:Source=Coinbase", "Ticker:Coinbase:Url=https://x")]
    [InlineData("Ticker:Coinbase:SilenceTimeout is 00:00:00", "Ticker:Source=Coinbase", "Ticker:Coinbase:SilenceTimeout=00:00:00")]
    [InlineData("Ticker:Coinbase:MaxRetryDelay is 00:00:00.1000000", "Ticker:Source=Coinbase", "Ticker:Coinbase:MaxRetryDelay=00:00:00.1")]
    [InlineData("Ticker:Exchanges:Names has 'Nowhere'; the exchanges are Coinbase, ", "Ticker:Source=Exchanges", "Ticker:Exchanges:Names:0=Nowhere")]
    [InlineData("Ticker:Exchanges:Names is a list; set its items by number: Ticker:Exchanges:Names:0,", "Ticker:Source=Exchanges", "Ticker:Exchanges:Names=Kraken")]
    [InlineData("Ticker:Exchanges:Symbols has 'btcusd'; a symbol of exchanges is", "Ticker:Source=Exchanges", "Ticker:Exchanges:Symbols:0=btcusd")]
    [InlineData("Ticker:OKX:Products is a list", "Ticker:Source=Exchanges", "Ticker:OKX:Products=BTC-USD")]
    [InlineData("Consolidation:MinSources is 3, but the exchanges are 2, so that", "Ticker:Source=Exchanges", "Consolidation:MinSources=3", "Ticker:Exchanges:Names:0=OKX", "Ticker:Exchanges:Names:1=Kraken")]
    [InlineData("Ticker:Coinbase:Products has ''", "Ticker:Source=Coinbase", "Ticker:Coinbase:Products:0=")]
    [InlineData("Ticker:Coinbase:Products has 'BTCUSD'; set it to two currencies", "Ticker:Source=Coinbase", "Ticker:Coinbase:Products:0=BTCUSD")]
    [InlineData("Ticker:Coinbase:Products has 'coinbase:BTC-USD'", "Ticker:Source=Coinbase", "Ticker:Coinbase:Products:0=coinbase:BTC-USD")]
    [InlineData("Ticker:Coinbase:ProductsUrl is 'ws://x'; set it to", "Ticker:Source=Coinbase", "Ticker:Coinbase:ProductsUrl=ws://x")]
    [InlineData("Ticker:Coinbase:MaxMessageBytes is 1; set it from 1024", "Ticker:Source=Coinbase", "Ticker:Coinbase:MaxMessageBytes=1")]
    [InlineData("Ticker:Replay:Path is empty; set it to", "Ticker:Source=Replay")]
    [InlineData("Ticker:Replay:Path is '/no/such/file', which cannot be read", "Ticker:Source=Replay", "Ticker:Replay:Path=/no/such/file")]
    [InlineData("Ticker:Replay:Exchange is 'Nowhere'; set it to Coinbase, ", "Ticker:Source=Replay", "Ticker:Replay:Path=/no", "Ticker:Replay:Exchange=Nowhere")]
    [InlineData("The exchange of Ticker:Replay:Recordings is 'Nowhere'; set it to", "Ticker:Source=Replay", "Ticker:Replay:Recordings:Nowhere=/no")]
    [InlineData("Ticker:Replay:Recordings:okx is '/no/such/file', which", "Ticker:Source=Replay", "Ticker:Replay:Recordings:okx=/no/such/file")]
    [InlineData(
        "Ticker:Replay:Path and Ticker:Replay:Recordings are both set", "Ticker:Source=Replay", "Ticker:Replay:Path=/no", "Ticker:Replay:Recordings:OKX=/no")]
    [InlineData("Ticker:Replay:Speed is 0; set it from 0.01 to 10000.", "Ticker:Source=Replay", "Ticker:Replay:Speed=0")]
    public async Task A_wrong_setting_stops_the_start_and_says_what_to_set(string sentence, params string[] settings)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync([.. settings.Select(s => s.Split('=')).Select(s => (s[0], s[1]))]));

        Assert.Contains(sentence, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_recording_in_another_encoding_stops_the_start_and_says_which()
    {
        await File.WriteAllTextAsync(_folder["feed.tsv"], "1\t{}", Encoding.Unicode, TestContext.Current.CancellationToken);

        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartAsync(("Ticker:Source", "Replay"), ("Ticker:Replay:Path", _folder["feed.tsv"])));

        Assert.Contains("feed.tsv', which is UTF-16 text; save it as UTF-8", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_settings_of_a_source_that_is_not_chosen_may_be_anything()
    {
        using var host = await StartAsync(("Ticker:Coinbase:Url", "nowhere"), ("Ticker:Replay:Speed", "fast"));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<IHost> StartAsync(params (string Key, string Value)[] settings)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddPriceSources(builder.Configuration);
        builder.Services.AddSingleton<IGrainFactory>(_ => null!); // Only a market of live feeds calls grains.
        var host = builder.Build();
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }
}
