using System.Net.WebSockets;
using System.Text;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>The connection leaves the cluster with its session, however that ends.</summary>
/// <param name="transport">How frames get to the sockets (Fanout:Transport).</param>
public abstract class SessionEndTests(string transport) : TransportTest(transport)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_whose_connection_fails_is_closed_and_cleaned_up()
    {
        var calls = new GrainCalls { Failing = nameof(IConnectionGrain.MessageAsync) };
        await using var gateway = await StartAsync(calls.Install);
        using var client = await gateway.ConnectAsync();
        var connectionId = await ConnectionIdOf(client);

        await client.SendAsync("""{"type":"ping"}""");

        Assert.Equal((1011, "connection lost in the cluster"), await client.ReceiveCloseAsync());
        await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, Stop);
        await calls.LeftAsync(connectionId);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("cut")]
    [InlineData("garbage")]
    public async Task The_connection_leaves_however_the_socket_ends(string ending)
    {
        var calls = new GrainCalls();
        await using var gateway = await StartAsync(calls.Install);
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync());
        var connectionId = await client.ReadConnectionIdAsync();

        switch (ending)
        {
            case "close":
                await client.SendFrameAsync(0x88, [0x03, 0xE8]);
                break;
            case "garbage":
                await client.SendAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\n\r\n"));
                break;
            default:
                client.Cut();
                break;
        }

        await calls.LeftAsync(connectionId);
    }

    [Fact]
    public async Task A_client_that_vanished_without_a_word_is_found_by_keep_alive()
    {
        var calls = new GrainCalls();
        var source = new ScriptedSource();
        source.Say("A", 1);
        await using var gateway = await StartAsync(
            builder =>
            {
                calls.Install(builder);
                source.Install(builder);
            },
            ("Sessions:KeepAliveInterval", "00:00:01"),
            ("Sessions:KeepAliveTimeout", "00:00:01"),
            ("Sessions:StallTimeout", "00:00:02"));

        // It reads but never answers a ping, so to the server nobody is there. (A client that reads prices slowly would count as alive.)
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync());
        var connectionId = await client.ReadConnectionIdAsync();
        var reading = client.ReadToEndAsync();

        await calls.LeftAsync(connectionId);
        await reading;
    }

    [Fact]
    public async Task Leaving_is_tried_again_where_the_grain_does_not_take_it()
    {
        var calls = new GrainCalls { Failing = nameof(IConnectionGrain.LeaveAsync), Failures = 1 };
        await using var gateway = await StartAsync(calls.Install);
        using var client = await gateway.ConnectAsync();
        var connectionId = await ConnectionIdOf(client);

        client.Socket.Abort();

        await calls.LeftAsync(connectionId);
    }

    [Theory]
    [InlineData("vanishes")]
    [InlineData("stays")]
    public async Task A_client_that_speaks_at_once_is_answered_and_leaves_in_a_silent_market_too(string end)
    {
        // It answers no WebSocket ping, and no price makes the gateway look at the session again.
        var calls = new GrainCalls();
        var source = new ScriptedSource();
        source.Say("A", 1);
        await using var gateway = await StartAsync(builder =>
        {
            calls.Install(builder);
            source.Install(builder);
        });
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync());
        for (var message = 0; message < 3; message++)
        {
            await client.SendFrameAsync(0x81, Encoding.UTF8.GetBytes("""{"type":"ping"}"""));
        }

        var connectionId = await client.ReadConnectionIdAsync();
        if (end == "vanishes")
        {
            client.Cut();
        }
        else
        {
            await client.ReadUpToAsync("pong");

            await client.SendFrameAsync(0x88, [0x03, 0xE8]);
        }

        await calls.LeftAsync(connectionId);
    }

    private static async Task<string> ConnectionIdOf(TickerClient client) =>
        (await client.ReceiveAsync("welcome")).GetProperty("connection_id").GetString()!;
}
