using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>How connections end, the same on both transports.</summary>
public sealed class ConnectionEndTests
{
    private const string Get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Transport.AspNetCore, "RST")]
    [InlineData(Transport.AspNetCore, "FIN")]
    [InlineData(Transport.Detachable, "RST")]
    [InlineData(Transport.Detachable, "FIN")]
    public async Task A_request_is_aborted_when_its_client_goes(Transport transport, string how)
    {
        var (begun, aborted) = (NewBarrier(), NewBarrier());
        await using var server = await WebServer.StartAsync(transport, async context =>
        {
            await context.Response.StartAsync(Stop);
            using var registration = context.RequestAborted.Register(aborted.SetResult);
            begun.SetResult();
            await aborted.Task;
        });
        using var client = await server.ConnectAsync();
        await client.WriteAsync(Get);
        await begun.Task.WithinTimeoutAsync();

        if (how == "RST")
        {
            client.Reset();
        }
        else
        {
            client.Shutdown(SocketShutdown.Send);
        }

        await aborted.Task.WithinTimeoutAsync();
        await server.LetsGoAsync();
    }

    [Theory]
    [InlineData(Transport.AspNetCore, "RST")]
    [InlineData(Transport.AspNetCore, "FIN")]
    [InlineData(Transport.Detachable, "RST")]
    [InlineData(Transport.Detachable, "FIN")]
    public async Task A_body_that_is_cut_off_fails_as_on_the_other_transport(Transport transport, string how)
    {
        var begun = NewBarrier();
        var failure = new TaskCompletionSource<Exception>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await WebServer.StartAsync(transport, async context =>
        {
            await context.Request.Body.ReadExactlyAsync(new byte[3], Stop);
            begun.SetResult();
            failure.SetResult((await Record.ExceptionAsync(() => context.Request.Body.ReadExactlyAsync(new byte[3], Stop).AsTask()))!);
        });
        using var client = await server.ConnectAsync();
        await client.WriteAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nabc");
        await begun.Task.WithinTimeoutAsync();

        if (how == "RST")
        {
            client.Reset();
        }
        else
        {
            client.Shutdown(SocketShutdown.Send);
        }

        var name = (await failure.Task.WithinTimeoutAsync()).GetType().Name;
        Assert.Equal(how == "RST" ? "ConnectionResetException" : "BadHttpRequestException", name);
        await server.LetsGoAsync();
    }

    [Theory]
    [InlineData(Transport.AspNetCore)]
    [InlineData(Transport.Detachable)]
    public async Task A_client_that_leaves_a_kept_connection_leaves_nothing_behind(Transport transport)
    {
        await using var server = await WebServer.StartAsync(transport, context => Task.CompletedTask);
        using var first = await server.ConnectAsync();
        using var second = await server.ConnectAsync();
        using var third = await server.ConnectAsync();
        await first.WriteAsync(Get);
        await second.WriteAsync(Get);
        await first.ReadHeadersAsync();
        await second.ReadHeadersAsync();
        await Eventually.TrueAsync(() => server.Connections == 3, "three connections");

        first.Shutdown(SocketShutdown.Both);
        second.Reset();
        third.Close();

        await server.LetsGoAsync();
    }

    [Theory]
    [InlineData(Transport.AspNetCore)]
    [InlineData(Transport.Detachable)]
    public async Task An_aborted_request_resets_the_connection_and_a_closed_one_ends_in_order(Transport transport)
    {
        await using var server = await WebServer.StartAsync(transport, async context =>
        {
            await context.Response.Body.WriteAsync(new byte[1 << 20], Stop);
            if (context.Request.Path == "/abort")
            {
                context.Abort();
            }
        });
        using var aborted = await server.ConnectAsync();
        using var closed = await server.ConnectAsync();
        await aborted.WriteAsync("GET /abort HTTP/1.1\r\nHost: a\r\n\r\n");
        await closed.WriteAsync("GET / HTTP/1.0\r\nHost: a\r\n\r\n");

        await closed.ReadHeadersAsync();
        Assert.Equal(1 << 20, (await closed.ReadAsync(1 << 20)).Length);
        Assert.Equal("FIN", await closed.ReadEndAsync());
        var error = await Assert.ThrowsAsync<SocketException>(() => aborted.ReadAsync(2 << 20));
        Assert.Equal(SocketError.ConnectionReset, error.SocketErrorCode);
        await server.LetsGoAsync();
    }

    [Theory]
    [InlineData(Transport.AspNetCore)]
    [InlineData(Transport.Detachable)]
    public async Task A_stop_lets_requests_finish_and_accepts_no_connection(Transport transport)
    {
        var (begun, finish) = (NewBarrier(), NewBarrier());
        await using var server = await WebServer.StartAsync(transport, async context =>
        {
            begun.SetResult();
            await finish.Task;
            context.Response.ContentLength = 3;
            await context.Response.WriteAsync("abc", Stop);
        });
        using var client = await server.ConnectAsync();
        using var idle = await server.ConnectAsync();
        await client.WriteAsync(Get);
        await begun.Task.WithinTimeoutAsync();

        var stop = server.StopAsync(Stop);
        Assert.Equal("FIN", await idle.ReadEndAsync());
        await Eventually.TrueAsync(
            async () => await Record.ExceptionAsync(async () => (await server.ConnectAsync()).Dispose()) is SocketException,
            "no more connections");
        Assert.False(stop.IsCompleted);
        finish.SetResult();

        Assert.Contains("Connection: close", await client.ReadHeadersAsync(), StringComparison.Ordinal);
        Assert.Equal("abc"u8.ToArray(), await client.ReadAsync(3));
        Assert.Equal("FIN", await client.ReadEndAsync());
        await stop;
        await server.LetsGoAsync();
    }

    [Theory]
    [InlineData(Transport.AspNetCore)]
    [InlineData(Transport.Detachable)]
    public async Task A_stop_in_a_hurry_aborts_requests(Transport transport)
    {
        var begun = NewBarrier();
        await using var server = await WebServer.StartAsync(transport, async context =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        using var client = await server.ConnectAsync();
        await client.WriteAsync(Get);
        await begun.Task.WithinTimeoutAsync();
        using var hurry = new CancellationTokenSource(TimeSpan.Zero);

        await server.StopAsync(hurry.Token);

        Assert.Equal("RST", await client.ReadEndAsync());
        await Eventually.TrueAsync(() => server.Connections == 0, "no connection");
    }

    private static TaskCompletionSource NewBarrier() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
