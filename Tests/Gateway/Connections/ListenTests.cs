using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using OrleansTicker.Gateway.Connections;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>The addresses of a web server with the gateway's transport.</summary>
public sealed class ListenTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_system_chooses_a_port_and_requests_have_their_end_points()
    {
        await using var server = await WebServer.StartAsync(
            Transport.Detachable,
            context => context.Response.WriteAsync(
                $"{Name(context)} {context.Connection.LocalPort} {context.Connection.RemotePort} {context.Connection.Id}", Stop));
        using var client = await server.ConnectAsync();
        await client.WriteAsync("GET / HTTP/1.0\r\n\r\n");

        await client.ReadHeadersAsync();
        var words = System.Text.Encoding.ASCII.GetString(await client.ReadAsync(1000)).Split(' ');

        Assert.Equal(
            ["TcpConnection", $"{server.Port}", $"{((IPEndPoint)client.LocalEndPoint!).Port}"], words[..3]);
        Assert.Equal(13, words[3].Length);

        static string Name(HttpContext context) => context.Features.Get<IDetachableConnectionFeature>()!.GetType().Name;
    }

    [Theory]
    [InlineData(Transport.AspNetCore)]
    [InlineData(Transport.Detachable)]
    public async Task An_address_in_use_is_told_as_usual(Transport transport)
    {
        await using var server = await WebServer.StartAsync(transport, _ => Task.CompletedTask);

        var error = await Assert.ThrowsAsync<IOException>(
            () => WebServer.StartAsync(transport, _ => Task.CompletedTask, options => options.Listen(IPAddress.Loopback, server.Port)));

        Assert.Equal($"Failed to bind to address http://127.0.0.1:{server.Port}: address already in use.", error.Message);
        Assert.IsType<AddressInUseException>(error.InnerException);
    }

    [Fact]
    public async Task Any_address_is_one_of_both_versions()
    {
        Assert.SkipUnless(Socket.OSSupportsIPv6, "There is no IPv6 here.");
        await using var server = await WebServer.StartAsync(Transport.Detachable, _ => Task.CompletedTask, options => options.ListenAnyIP(0));

        foreach (var address in new[] { IPAddress.Loopback, IPAddress.IPv6Loopback })
        {
            using var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(address, server.Port, Stop).AsTask().WithinTimeoutAsync();
            await client.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 200", await client.ReadHeadersAsync(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Unix_sockets_are_left_to_ASP_NET_Core()
    {
        using var folder = new TemporaryFolder();
        await using var server = await WebServer.StartAsync(
            Transport.Detachable,
            context => context.Response.WriteAsync(context.Features.Get<IDetachableConnectionFeature>() is null ? "not ours" : "ours", Stop),
            options => options.ListenUnixSocket(folder["a.sock"]));
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(folder["a.sock"]), Stop);
        await client.WriteAsync("GET / HTTP/1.0\r\n\r\n");

        await client.ReadHeadersAsync();
        Assert.Equal("not ours"u8.ToArray(), await client.ReadAsync(100));
    }

    [Fact]
    public async Task Clients_that_give_up_before_they_are_accepted_harm_no_other()
    {
        await using var server = await WebServer.StartAsync(Transport.Detachable, _ => Task.CompletedTask);
        for (var count = 0; count < 200; count++)
        {
            (await server.ConnectAsync()).Reset();
        }

        using var client = await server.ConnectAsync();
        await client.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 200", await client.ReadHeadersAsync(), StringComparison.Ordinal);
        await Eventually.TrueAsync(() => server.Connections == 1, "only one is left");
        Assert.Empty(server.Problems);
    }
}
