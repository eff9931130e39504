using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions.EventStreams;

/// <summary>Streams over TLS, and with it HTTP/2.</summary>
public sealed class EventStreamTlsTests : IDisposable
{
    private readonly TestCertificate _certificate = new();

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_stream_goes_over_each_version_of_HTTP(string version)
    {
        await using var gateway = await GatewayHost.StartAsync(_certificate.Settings);
        using var client = await EventStreamClient.OpenAsync(gateway.Address, await gateway.GetTokenAsync(), version: version);

        Assert.Equal(0, (await client.ReceiveJsonAsync("ticker")).GetProperty("prev_seq").GetInt64());
        for (var count = 0; count < 100; count++)
        {
            await client.ReceiveAsync("ticker");
        }

        var session = Assert.Single(gateway.Services.GetRequiredService<SessionRegistry>().Find(SessionSelector.All)).Session;
        Assert.Null(session.DirectSend.Socket);
        var stopping = gateway.StopAsync();
        Assert.Equal("close", (await client.ReceiveLastAsync())?.Name);
        await stopping.WithinTimeoutAsync();
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task The_connection_leaves_when_the_client_goes(string version)
    {
        var calls = new GrainCalls();
        await using var gateway = await GatewayHost.StartAsync(calls.Install, _certificate.Settings);
        string id;
        using (var client = await EventStreamClient.OpenAsync(gateway.Address, await gateway.GetTokenAsync(), version: version))
        {
            id = (await client.ReceiveJsonAsync("welcome")).GetProperty("connection_id").GetString()!;
        }

        await calls.LeftAsync(id);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_client_that_takes_nothing_is_cut_off_and_its_connection_leaves(string version)
    {
        var calls = new GrainCalls();
        await using var gateway = await GatewayHost.StartAsync(
            calls.Install,
            [
                .. _certificate.Settings,
                ("Ticker:Interval", "00:00:00.001"),
                ("Sessions:SendBuffer", "8192"),
                ("Sessions:StallTimeout", "00:00:01"),
                ("Sessions:CloseTimeout", "00:00:00.1"),
            ]);
        using var client = await EventStreamClient.OpenAsync(gateway.Address, await gateway.GetTokenAsync(), version: version, receiveBuffer: 4096);
        var id = (await client.ReceiveJsonAsync("welcome")).GetProperty("connection_id").GetString()!;

        await calls.LeftAsync(id);

        await Assert.ThrowsAnyAsync<IOException>(client.ReceiveLastAsync); // Nobody takes the stream for whole.
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_client_that_does_not_read_for_a_while_misses_old_news_only(string version)
    {
        await using var gateway = await GatewayHost.StartAsync([.. _certificate.Settings, ("Ticker:Interval", "00:00:00.001"), ("Sessions:SendBuffer", "8192")]);
        var token = await gateway.GetTokenAsync();
        using var client = await EventStreamClient.OpenAsync(gateway.Address, token, version: version, receiveBuffer: 4096);
        using var witness = await EventStreamClient.OpenAsync(gateway.Address, token, "symbols=BTC-USD");
        var newest = 0L;
        for (var first = 0L; newest < first + 5000 || first == 0;)
        {
            newest = (await witness.ReceiveJsonAsync("ticker")).GetProperty("seq").GetInt64();
            first = first == 0 ? newest : first;
        }

        var cursor = 0L;
        var hasConflated = false;
        while (cursor < newest)
        {
            var next = await client.ReceiveJsonAsync("ticker");
            var from = next.GetProperty("prev_seq").GetInt64();
            Assert.True(from == 0 || from == cursor);
            hasConflated |= cursor != 0 && next.GetProperty("seq").GetInt64() > cursor + 1;
            cursor = next.GetProperty("seq").GetInt64();
        }

        Assert.True(hasConflated);
    }

    public void Dispose() => _certificate.Dispose();
}
