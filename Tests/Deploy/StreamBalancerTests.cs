using System.Net;
using Microsoft.AspNetCore.Hosting;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Deploy;

/// <summary>Event streams through a real nginx with the shipped file.</summary>
public sealed class StreamBalancerTests : IAsyncDisposable
{
    private static readonly IPAddress GatewayAddress = IPAddress.Parse("127.81.0.5");

    private readonly NameServer _names = new();
    private readonly int _port = FreePort.Find();

    [Fact]
    public async Task Events_pass_at_once_and_the_end_of_either_side_passes_too()
    {
        _names.Addresses = [GatewayAddress];
        await using var nginx = await ShippedNginx.StartOrSkipAsync(_names, _port);
        var source = new ScriptedSource();
        source.Say("A", 1);
        var calls = new GrainCalls();
        await using var gateway = await GatewayHost.StartAsync(
            builder =>
            {
                builder.WebHost.UseUrls($"http://{GatewayAddress}:{_port}");
                source.Install(builder);
                calls.Install(builder);
            },
            ("Sessions:KeepAliveInterval", "00:00:01"));
        var token = await gateway.GetTokenAsync();
        using var client = await EventStreamClient.OpenAsync(nginx.Address, token);
        await client.ReceiveAsync("ticker");
        await client.ReceiveCommentAsync(); // Nothing is held back until there is more.
        source.Say("A", 2);
        Assert.Equal(2, (await client.ReceiveJsonAsync("ticker")).GetProperty("data")[0].GetProperty("price").GetDecimal());

        string id;
        using (var other = await EventStreamClient.OpenAsync(nginx.Address, token))
        {
            id = (await other.ReceiveJsonAsync("welcome")).GetProperty("connection_id").GetString()!;
        }

        await calls.LeftAsync(id);
        var stopping = gateway.StopAsync();
        Assert.Equal("close", (await client.ReceiveLastAsync())?.Name);
        await stopping.WithinTimeoutAsync();
    }

    public ValueTask DisposeAsync() => _names.DisposeAsync();
}
