using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway;

/// <summary>Gateways that embed silos of one cluster.</summary>
public sealed class MemberGatewayTests
{
    [Theory]
    [InlineData(RedisKind.InProcess)]
    [InlineData(RedisKind.Process)]
    public async Task A_client_goes_on_at_another_gateway_where_it_was_and_its_token_is_good_there(RedisKind kind)
    {
        using var redis = RedisServer.StartOrSkip(kind);
        await using var one = await GatewayHost.StartAsync(ClusterSettings.Of(redis));
        await using var two = await GatewayHost.StartAsync(ClusterSettings.Of(redis));
        var token = await one.GetTokenAsync();
        using var client = await TickerClient.ConnectAsync(one.Address, token);
        var last = await client.ReceiveAsync("ticker");

        using var again = await TickerClient.ConnectAsync(two.Address, token, $"epoch={last.GetProperty("epoch")}&seq={last.GetProperty("seq")}");
        var next = await again.ReceiveAsync("ticker");

        Assert.Equal(last.GetProperty("epoch").GetInt64(), next.GetProperty("epoch").GetInt64());
        Assert.Equal(last.GetProperty("seq").GetInt64(), next.GetProperty("prev_seq").GetInt64());
    }
}
