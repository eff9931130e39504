using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Shutdown;

/// <summary>What clients see of a gateway that stops.</summary>
public sealed class GracefulStopTests
{
    [Fact]
    public async Task A_client_is_asked_to_go_and_has_its_prices_until_it_does()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var client = await gateway.ConnectAsync();
        await client.ReceiveAsync("ticker");

        var stopping = gateway.StopAsync();
        var after = (await client.ReceiveAsync("reconnect")).GetProperty("after_ms").GetInt64();
        await client.ReceiveAsync("ticker");
        await client.ReceiveAsync("ticker");
        await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

        Assert.InRange(after, 0, 99); // One client is in no crowd.
        Assert.Equal(1000, (await client.ReceiveCloseAsync()).Code);
        await stopping.WithinTimeoutAsync();
    }

    [Fact]
    public async Task A_client_that_stays_is_closed()
    {
        await using var gateway = await GatewayHost.StartAsync();
        using var client = await gateway.ConnectAsync();
        await client.ReceiveAsync("ticker");

        var stopping = gateway.StopAsync();
        var close = await client.ReceiveCloseAsync();
        await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, TestContext.Current.CancellationToken);

        Assert.Equal((1012, "gateway stopping"), close);
        await stopping.WithinTimeoutAsync();
    }

    [Theory]
    [InlineData("G")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\n")]
    [InlineData("POST /auth/token HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n{")]
    public async Task A_request_that_never_ends_leaves_the_silo_its_time(string part)
    {
        await using var gateway = await GatewayHost.StartAsync(("Shutdown:Drain", "00:00:01"), ("Shutdown:Timeout", "00:00:20"));
        using var client = new TcpClient();
        await client.ConnectAsync("127.0.0.1", gateway.Address.Port, TestContext.Current.CancellationToken);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(part), TestContext.Current.CancellationToken);
        using var response = await gateway.SendAsync(HttpMethod.Get, "/health/live", token: null); // By then it has been read.

        await gateway.StopAsync().WithinTimeoutAsync(); // It throws if the host's time is up before all have stopped.
    }

    [Fact]
    public async Task A_client_that_answers_nothing_is_cut_off_before_the_time_is_up()
    {
        await using var gateway = await GatewayHost.StartAsync(
            ("Sessions:CloseTimeout", "00:01:00"), ("Shutdown:Drain", "00:00:00"), ("Shutdown:Timeout", "00:00:07"));
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync());
        await client.ReadConnectionIdAsync();

        var stopping = gateway.StopAsync();

        await client.ReadToEndAsync();
        await stopping.WithinTimeoutAsync();
    }
}
