using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Connections;

/// <summary>Plain HTTP/1.1, the same on both transports.</summary>
public sealed class HttpTests
{
    private const int Large = 8 << 20;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Transport.AspNetCore)]
    [InlineData(Transport.Detachable)]
    public async Task Requests_on_one_connection_are_answered_in_order_one_by_one_and_pipelined(Transport transport)
    {
        await using var server = await WebServer.StartAsync(
            transport, context => context.Response.WriteAsync(context.Request.Query["n"].ToString()));
        using var client = await server.ConnectAsync();

        await client.WriteAsync(Get(1));
        Assert.Equal("1", await ReadAnswerAsync());
        await client.WriteAsync(Get(2) + Get(3) + Get(4)[..20]);
        Assert.Equal("2", await ReadAnswerAsync());
        Assert.Equal("3", await ReadAnswerAsync());
        await client.WriteAsync(Get(4)[20..]);
        Assert.Equal("4", await ReadAnswerAsync());
        await Eventually.TrueAsync(() => server.Buffers == 0, "an idle connection owns no buffer");
        Assert.Equal(1, server.Connections);

        static string Get(int n) => $"GET /?n={n} HTTP/1.1\r\nHost: a\r\n\r\n";

        async Task<string> ReadAnswerAsync()
        {
            Assert.Contains("chunked", await client.ReadHeadersAsync(), StringComparison.Ordinal);
            var chunk = System.Text.Encoding.ASCII.GetString(await client.ReadAsync("1\r\n.\r\n0\r\n\r\n".Length));
            return chunk[3..4];
        }
    }

    [Theory]
    [InlineData(Transport.AspNetCore)]
    [InlineData(Transport.Detachable)]
    public async Task A_large_upload_arrives_whole(Transport transport)
    {
        await using var server = await WebServer.StartAsync(
            transport,
            async context => await context.Response.Body.WriteAsync(await SHA256.HashDataAsync(context.Request.Body, Stop), Stop));
        using var http = new HttpClient();
        var body = RandomNumberGenerator.GetBytes(Large);

        using var response = await http.PostAsync(new Uri(server.Addresses[0]), new ByteArrayContent(body), Stop).WithinTimeoutAsync();

        Assert.Equal(SHA256.HashData(body), await response.Content.ReadAsByteArrayAsync(Stop));
    }

    [Theory]
    [InlineData(Transport.AspNetCore)]
    [InlineData(Transport.Detachable)]
    public async Task A_slow_reader_gets_a_large_answer_whole_and_holds_its_flush_back(Transport transport)
    {
        var body = RandomNumberGenerator.GetBytes(4 * Large);
        var flushed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await WebServer.StartAsync(transport, async context =>
        {
            context.Response.ContentLength = body.Length;
            for (var start = 0; start < body.Length; start += Large)
            {
                await context.Response.Body.WriteAsync(body.AsMemory(start, Large), Stop);
            }

            flushed.SetResult();
        });
        using var client = await server.ConnectAsync(receiveBuffer: 32 << 10);
        await client.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        await client.ReadHeadersAsync();

        var first = await client.ReadAsync(Large);
        Assert.False(flushed.Task.IsCompleted, "Sockets don't hold 24 MB.");
        var rest = await client.ReadAsync(body.Length - Large);

        await flushed.Task.WithinTimeoutAsync();
        Assert.True(body.AsSpan(0, Large).SequenceEqual(first));
        Assert.True(body.AsSpan(Large).SequenceEqual(rest));
        Assert.Equal("FIN", await client.ReadEndAsync());
        await server.LetsGoAsync();
    }

    [Theory]
    [InlineData(Transport.AspNetCore)]
    [InlineData(Transport.Detachable)]
    public async Task An_upload_that_nobody_reads_stops_at_the_limit_and_goes_on_when_it_is_read(Transport transport)
    {
        var (begun, read) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource());
        await using var server = await WebServer.StartAsync(
            transport,
            async context =>
            {
                begun.SetResult();
                await read.Task;
                await context.Response.Body.WriteAsync(await SHA256.HashDataAsync(context.Request.Body, Stop), Stop);
            });
        using var client = await server.ConnectAsync();
        var body = RandomNumberGenerator.GetBytes(3 * Large);
        await client.WriteAsync(string.Create(
            CultureInfo.InvariantCulture, $"POST / HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: {body.Length}\r\n\r\n"));
        await begun.Task.WithinTimeoutAsync();

        var sent = client.WriteAsync(body);
        await Eventually.TrueAsync(() => server.Buffers >= 250, "a full pipe");
        read.SetResult();
        await sent.WithinTimeoutAsync();

        await client.ReadHeadersAsync();
        Assert.True(server.MostBuffers < 300, $"{server.MostBuffers} buffers of 4 kB for a limit of 1 MB");
        await server.LetsGoAsync();
    }
}
