using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>A WebSocket over plain TCP leaves the web server after its handshake, and nothing of it is lost or counted twice.</summary>
public sealed class LeavingTests : IDisposable
{
    private readonly MeterListener _meters = new();
    private readonly TestCertificate _certificate = new();
    private long _connections;
    private long _requests;

    [Fact]
    public async Task The_web_server_has_neither_request_nor_connection_while_the_session_goes_on()
    {
        await using var gateway = await GatewayHost.StartAsync();
        Listen(gateway);
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync());
        await client.ReadConnectionIdAsync();

        await Eventually.TrueAsync(() => Volatile.Read(ref _requests) == 0 && Volatile.Read(ref _connections) <= 1, "an end of the request and its connection");
        await client.ReadTextAsync();

        var limits = gateway.Services.GetRequiredService<WebSocketLimits>();
        Assert.Equal((1, 0), (limits.Sockets, limits.Handshakes));
        client.Cut();
        await Eventually.TrueAsync(() => limits.Sockets == 0, "the release of the permit");
    }

    [Fact]
    public async Task Over_TLS_the_web_server_keeps_it()
    {
        await using var gateway = await GatewayHost.StartAsync(_certificate.Settings);
        var token = await gateway.GetTokenAsync();
        Listen(gateway);
        using var client = await RawClient.ConnectAsync(gateway.Address, token);
        await client.ReadConnectionIdAsync();

        Assert.Equal(1, Volatile.Read(ref _requests));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public async Task What_a_client_sends_with_its_request_is_read_however_it_is_cut(int rest)
    {
        await using var gateway = await GatewayHost.StartAsync();
        var token = await gateway.GetTokenAsync();
        byte[] ping = [0x89, 0x81, 0, 0, 0, 0, (byte)'x'];
        using var client = await RawClient.ConnectAsync(gateway.Address, token, following: [.. ping, .. ping[..^rest]]);
        await client.SendAsync(ping[^rest..]);

        await ReadPongAsync(client);
        await ReadPongAsync(client);
    }

    [Fact]
    public async Task More_than_it_may_send_with_its_request_ends_the_session()
    {
        await using var gateway = await GatewayHost.StartAsync(("Sessions:MaxMessageBytes", "128"), ("Sessions:MessageBurst", "1"), ("Sessions:MessagesPerSecond", "1"));
        byte[] pong = [0x8A, 0x80, 0, 0, 0, 0];
        using var client = await RawClient.ConnectAsync(
            gateway.Address, await gateway.GetTokenAsync(), following: [.. Enumerable.Repeat(pong, 100).SelectMany(frame => frame)]);

        Assert.StartsWith("4429 ", await client.ReadCloseAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_is_gone_before_the_answer_leaves_nothing_behind()
    {
        var calls = new GrainCalls();
        await using var gateway = await GatewayHost.StartAsync(calls.Install);
        var token = await gateway.GetTokenAsync();
        var limits = gateway.Services.GetRequiredService<WebSocketLimits>();
        for (var count = 0; count < 20; count++)
        {
            await RawClient.AskAndCutAsync(gateway.Address, token);
        }

        using var client = await RawClient.ConnectAsync(gateway.Address, token);
        await client.ReadConnectionIdAsync();
        await Eventually.TrueAsync(() => limits is { Sockets: 1, Handshakes: 0 }, "the release of all other permits");
    }

    public void Dispose()
    {
        _meters.Dispose();
        _certificate.Dispose();
    }

    private static async Task ReadPongAsync(RawClient client)
    {
        while (await client.ReadFrameAsync() is var (first, payload) && first != 0x8A)
        {
            Assert.NotEmpty(payload); // Welcome and prices.
        }
    }

    private void Listen(GatewayHost gateway)
    {
        var meters = gateway.Services.GetRequiredService<IMeterFactory>();
        _meters.InstrumentPublished = (instrument, self) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name is "kestrel.active_connections" or "http.server.active_requests")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, change, _, _) =>
            Interlocked.Add(ref instrument.Name == "kestrel.active_connections" ? ref _connections : ref _requests, change));
        _meters.Start();
    }
}
