using System.Net;
using System.Net.Http.Json;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway;

/// <summary>Gateways that are clients of silos in other processes, which die.</summary>
public abstract class ExternalGatewayTests(RedisKind kind) : IDisposable
{
    private readonly RedisServer _redis = RedisServer.StartOrSkip(kind);

    private (string Key, string? Value)[] Settings => ClusterSettings.Of(_redis, ("Gateway:Silo", "External"));

    [Fact]
    public async Task A_gateway_waits_for_the_first_silo_and_serves_its_prices()
    {
        var starting = GatewayHost.StartAsync(Settings);
        using var silo = await SiloProcess.StartAsync(Settings);
        await using var gateway = await starting.WithinTimeoutAsync();
        using var client = await gateway.ConnectAsync();

        var first = await client.ReceiveAsync("ticker");
        var second = await client.ReceiveAsync("ticker");

        Assert.Equal(0, first.GetProperty("prev_seq").GetInt64());
        Assert.Equal(first.GetProperty("seq").GetInt64(), second.GetProperty("prev_seq").GetInt64());
        await client.SendAsync("""{"type":"subscribe","symbols":["ETH-USD"]}""");
        await client.ReceiveAsync("subscribed");
        Assert.Equal("ETH-USD", Assert.Single((await client.ReceiveAsync("ticker")).GetProperty("data").EnumerateArray()).GetProperty("symbol").GetString());
    }

    [Fact]
    public async Task Prices_go_on_at_an_open_socket_when_the_silo_of_the_ticker_is_killed()
    {
        using var one = await SiloProcess.StartAsync(Settings);
        using var two = await SiloProcess.StartAsync(Settings);
        await using var gateway = await GatewayHost.StartAsync(Settings);
        using var client = await gateway.ConnectAsync();
        var before = await client.ReceiveAsync("ticker");

        var place = await gateway.Grains.GetGrain<IManagementGrain>(0)
            .GetActivationAddress(gateway.Grains.GetGrain<ITickerGrain>(ITickerGrain.Key), TestContext.Current.CancellationToken);
        new[] { one, two }.Single(silo => silo.Port == place!.Endpoint.Port).Kill();

        // Another ticker's first, and the stream's own pace after it: the cursor moves tick by tick again.
        var epoch = before.GetProperty("epoch").GetInt64();
        var next = before;
        for (var inOrder = 0; inOrder < 20;)
        {
            var message = await client.ReceiveAsync("ticker");
            Assert.True(
                message.GetProperty("epoch").GetInt64() > next.GetProperty("epoch").GetInt64()
                || message.GetProperty("seq").GetInt64() > next.GetProperty("seq").GetInt64());
            inOrder = message.GetProperty("epoch").GetInt64() > epoch && message.GetProperty("prev_seq").GetInt64() == message.GetProperty("seq").GetInt64() - 1
                ? inOrder + 1
                : 0;
            next = message;
        }
    }

    [Fact]
    public async Task Without_Redis_prices_flow_and_tokens_are_refused_until_it_is_back()
    {
        using var silo = await SiloProcess.StartAsync(Settings);
        await using var gateway = await GatewayHost.StartAsync(Settings);
        using var client = await gateway.ConnectAsync();
        await client.ReceiveAsync("ticker");

        _redis.Stop();
        using var refused = await gateway.Http.PostAsJsonAsync("/auth/token", new { api_key = gateway.DemoApiKey }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.InternalServerError, refused.StatusCode);
        var seq = (await client.ReceiveAsync("ticker")).GetProperty("seq").GetInt64();
        while ((await client.ReceiveAsync("ticker")).GetProperty("seq").GetInt64() < seq + 200)
        {
            // Two seconds of prices, during which the store is missed twice.
        }

        _redis.Start();
        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await gateway.Http.PostAsJsonAsync(
                    "/auth/token", new { api_key = gateway.DemoApiKey }, TestContext.Current.CancellationToken);
                return response.StatusCode == HttpStatusCode.OK;
            },
            "tokens are issued again");
    }

    public void Dispose()
    {
        _redis.Dispose();
        GC.SuppressFinalize(this);
    }
}
