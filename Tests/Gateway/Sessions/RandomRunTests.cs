using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Tests.Gateway.Market;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>
/// Many clients at once that act at random over real sockets, for <c>RANDOM_RUN_SECONDS</c> seconds, or 15 where that is not set.
/// </summary>
public sealed class RandomRunTests
{
    private const int Clients = 60;

    private static readonly string[] Symbols = ["A", "B", "C", "D", "E", "F"];

    private readonly ScriptedSource _source = new();

    [Theory]
    [MemberData(nameof(Transports.All), MemberType = typeof(Transports))]
    public async Task However_clients_behave_they_end_with_the_market_and_leave_nothing_behind(string transport)
    {
        var stop = TestContext.Current.CancellationToken;
        var seconds = int.Parse(Environment.GetEnvironmentVariable("RANDOM_RUN_SECONDS") ?? "8", CultureInfo.InvariantCulture);
        await using var gateway = await GatewayHost.StartAsync(_source.Install, Transports.Setting(transport));
        var feed = gateway.Services.GetRequiredService<IMarketFeed>();
        Array.ForEach(Symbols, symbol => _source.Say(symbol, 1));
        await Eventually(() => Task.FromResult(feed.Newest.Symbols.Length == Symbols.Length));
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(seconds);
        var token = await gateway.GetTokenAsync();
        var clients = Enumerable.Range(0, Clients).Select(seed => new RandomClient(gateway.Address, token, seed)).ToArray();

        var talking = TalkAsync(until, stop);
        await Task.WhenAll(clients.Select(client => client.RunAsync(until, stop)));
        await talking;
        await Task.WhenAll(clients.Select(client => client.SettleAsync(TimeSpan.FromSeconds(4), stop)));

        var market = feed.Newest.Contents().ToDictionary(quote => quote.Symbol, quote => quote.Price);
        Assert.All(clients, client => Assert.Equal(market.OrderBy(quote => quote.Key), client.Model.Prices.OrderBy(quote => quote.Key)));
        Assert.True(clients.Sum(client => client.Reconnects) > 2 * Clients);

        Array.ForEach(clients, client => client.Dispose());
        var workers = gateway.Services.GetRequiredService<FanoutWorkers>();
        var grains = gateway.Grains.GetGrain<IManagementGrain>(0);
        await Eventually(async () => workers.Count == 0
            && gateway.Services.GetRequiredService<Views>().Count == 0
            && !(await grains.GetSimpleGrainStatistics()).Any(grain =>
                grain.GrainType.Contains("ConnectionGrain", StringComparison.Ordinal) && grain.ActivationCount > 0));
    }

    private async Task TalkAsync(DateTimeOffset until, CancellationToken stop)
    {
        var random = new Random(1);
        while (TimeProvider.System.GetUtcNow() < until)
        {
            _source.Say(Symbols[random.Next(Symbols.Length)], random.Next(1, 1000));
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, stop);
        }
    }

    private static async Task Eventually(Func<Task<bool>> fact)
    {
        for (var attempt = 0; !await fact(); attempt++)
        {
            Assert.True(attempt < 100, "Something of the clients is left.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
