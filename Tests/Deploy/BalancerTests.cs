using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Tests.Hosting;
using OrleansTicker.Tests.Page;

namespace OrleansTicker.Tests.Deploy;

/// <summary>Real clients, a real nginx with the shipped file, and real gateways behind it.</summary>
public sealed class BalancerTests(Browser browser) : IAsyncDisposable
{
    private const int Clients = 600;

    private readonly NameServer _names = new();
    private readonly int _port = FreePort.Find();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_client_has_its_own_limits_at_both_gateways()
    {
        _names.Addresses = [Address(1), Address(2)];
        await using var nginx = await ShippedNginx.StartOrSkipAsync(_names, _port);
        using var redis = new InProcessRedis();
        await using var first = await StartAsync(() => Address(1), redis);
        await using var second = await StartAsync(() => Address(2), redis, ("Keys:Path", first.KeyPath));
        await Eventually.TrueAsync(() => EpochOf(first) is > 0 and var epoch && epoch == EpochOf(second), "one market");
        var token = await first.GetTokenAsync();

        // Each gateway lets an address have one socket.
        var sockets = new RawClient[Clients];
        await Parallel.ForAsync(0, Clients, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Stop }, async (client, _) =>
            sockets[client] = await RawClient.ConnectAsync(nginx.Address, token, from: ClientAddress(client)));
        Assert.Equal(Clients, SocketsOf(first) + SocketsOf(second));
        Assert.InRange(SocketsOf(first), Clients / 4, Clients * 3 / 4);

        // Who guesses keys locks himself out, and nobody else.
        var guesses = new List<HttpStatusCode>();
        for (var guess = 0; guess < 45; guess++)
        {
            guesses.Add(await ExchangeAsync(nginx, ClientAddress(Clients), "a guess"));
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], guesses.Distinct());
        for (var client = 0; client < 5; client++)
        {
            Assert.Equal(HttpStatusCode.OK, await ExchangeAsync(nginx, ClientAddress(client), first.DemoApiKey));
        }

        Array.ForEach(sockets, socket => socket.Cut());
        await Eventually.TrueAsync(() => SocketsOf(first) + SocketsOf(second) == 0, "all sockets are closed");
    }

    [Fact]
    public async Task A_gateway_that_comes_back_at_another_address_is_found_again()
    {
        var address = Address(3);
        _names.Addresses = [address];
        await using var nginx = await ShippedNginx.StartOrSkipAsync(_names, _port);
        await using var gateway = await StartAsync(() => address, null);
        using var http = new HttpClient { BaseAddress = nginx.Address };
        Assert.Equal(HttpStatusCode.OK, await AskAsync());

        await gateway.StopAsync();
        address = Address(4);
        await gateway.StartAsync();
        _names.Addresses = [address];

        var status = HttpStatusCode.BadGateway;
        for (var patience = TimeProvider.System.GetTimestamp(); status != HttpStatusCode.OK; status = await AskAsync())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(patience) < TickerClient.Patience, $"nginx says {status} still.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Stop);
        }

        async Task<HttpStatusCode> AskAsync()
        {
            using var response = await http.GetAsync("/health/live", Stop);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task A_page_whose_gateway_dies_goes_on_at_the_other_one()
    {
        _names.Addresses = [Address(5), Address(6)];
        await using var nginx = await ShippedNginx.StartOrSkipAsync(_names, _port);
        using var redis = new InProcessRedis();
        await using var first = await StartAsync(() => Address(5), redis);
        await using var second = await StartAsync(() => Address(6), redis, ("Keys:Path", first.KeyPath));
        await Eventually.TrueAsync(() => EpochOf(first) is > 0 and var epoch && epoch == EpochOf(second), "one market");
        await using var window = await browser.OpenAsync();
        var page = await PageActions.VisitAsync(window, nginx.Address);
        await PageActions.EnterAsync(page, first.DemoApiKey);
        await PageActions.ExpectLiveAsync(page);
        var (own, other) = SocketsOf(first) == 1 ? (first, second) : (second, first);
        Assert.Equal((1, 0), (SocketsOf(own), SocketsOf(other)));

        await own.StopAsync();

        await Eventually.TrueAsync(() => SocketsOf(other) == 1, "the page is at the other gateway");
        await PageActions.ExpectLiveAsync(page);
        await PageActions.ExpectPricesToMoveAsync(page);
    }

    public ValueTask DisposeAsync() => _names.DisposeAsync();

    /// <summary>Addresses of gateways; loopback has sixteen million.</summary>
    private static IPAddress Address(int gateway) => IPAddress.Parse($"127.81.0.{gateway}");

    private static IPAddress ClientAddress(int client) => IPAddress.Parse($"127.82.{client / 250}.{1 + (client % 250)}");

    private Task<GatewayHost> StartAsync(Func<IPAddress> address, RedisServer? redis, params (string Key, string? Value)[] more) => GatewayHost.StartAsync(
        builder => builder.WebHost.UseUrls($"http://{address()}:{_port}"),
        [
            .. redis is null ? [] : ClusterSettings.Of(redis),
            ("Forwarding:KnownProxies:0", "127.0.0.1"), // Where nginx comes from, when it goes to loopback.
            ("Limits:SocketsPerAddress", "1"),
            ("Limits:FailuresPerMinute", "20"),
            ("Ticker:Interval", "00:00:00.500"),
            .. more,
        ]);

    private static int SocketsOf(GatewayHost gateway) => gateway.Services.GetRequiredService<WebSocketLimits>().Sockets;

    private static long EpochOf(GatewayHost gateway) => gateway.Services.GetRequiredService<IMarketFeed>().Newest.At.Epoch;

    private static async Task<HttpStatusCode> ExchangeAsync(ShippedNginx nginx, IPAddress from, string apiKey)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        using var response = await http.PostAsJsonAsync(new Uri(nginx.Address, "/auth/token"), new { api_key = apiKey }, Stop);
        return response.StatusCode;
    }
}
