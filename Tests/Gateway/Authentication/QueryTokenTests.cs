using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Tests.Gateway.Keys;
using OrleansTicker.Tests.Gateway.Tokens;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Authentication;

/// <summary>Tokens in the query: they are accepted, never logged, and can be turned off.</summary>
public sealed class QueryTokenTests
{
    private static readonly (string, string?)[] LogEverything =
    [
        ("Logging:LogLevel:Default", "Trace"),
        ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"),
        ("Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel.BadRequests", "Trace"),
        ("Logging:LogLevel:OrleansTicker", "Trace"),
        ("Logging:LogLevel:OrleansTicker.Audit", "Trace"),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("x-auth-token=TOKEN")]
    [InlineData("epoch=1&X-Auth-Token=TOKEN&seq=2")]
    [InlineData("x%2Dauth-%74oken=TOKEN")]
    public async Task A_token_in_the_query_opens_a_socket_and_stands_in_no_log_and_no_trace(string query)
    {
        var traced = new ConcurrentQueue<string>();
        using var listener = Listen(traced);
        var log = new LogRecorder();
        await using var gateway = await GatewayHost.StartAsync(builder => Record(builder, log), LogEverything);
        var token = await gateway.GetTokenAsync();

        using (var client = await TickerClient.ConnectAsync(gateway.Address, _ => { }, query.Replace("TOKEN", token, StringComparison.Ordinal)))
        {
            await client.ReceiveAsync("ticker");
        }

        using var page = await gateway.Http.GetAsync($"/?x-auth-token={token}", Stop);
        using var plain = await gateway.Http.GetAsync($"/ws/ticker?x-auth-token={token}", Stop);
        using var forged = await gateway.Http.GetAsync($"/ws/ticker?x-auth-token={TokenRequests.Forge(token)}&a=b", Stop);
        await SendAsync(gateway, $"GET /ws/ticker?x-auth-token={token}&<\u0001> HTTP/1.1\r\nHost: x\r\n\r\n");
        await SendAsync(gateway, $"GET /ws/ticker?x-auth-token={token} HTTP/9.9\r\nHost: x\r\n\r\n");
        await gateway.StopAsync();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.UpgradeRequired, HttpStatusCode.Unauthorized), (page.StatusCode, plain.StatusCode, forged.StatusCode));
        Assert.Contains("x-auth-token=redacted&a=b", log.Text, StringComparison.Ordinal); // The web host logs addresses.
        Assert.DoesNotContain(token[44..], log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(token[1..43], log.Text, StringComparison.Ordinal);
        Assert.Contains(traced, text => text.Contains("/ws/ticker", StringComparison.Ordinal));
        Assert.DoesNotContain(traced, text => text.Contains(token[44..], StringComparison.Ordinal) || text.Contains(token[1..43], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_it_is_turned_off_a_token_in_the_query_counts_for_nothing_and_is_written_down_all_the_same_by_nobody()
    {
        var log = new LogRecorder();
        await using var gateway = await GatewayHost.StartAsync(builder => Record(builder, log), [.. LogEverything, ("Tokens:AllowQuery", "false")]);
        var token = await gateway.GetTokenAsync();

        using var asked = await gateway.Http.GetAsync($"/ws/ticker?x-auth-token={token}", Stop);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/ws/ticker?x-auth-token={token}");
        request.Headers.Add("Cookie", $"x-auth-token={token}");
        using var withCookie = await gateway.Http.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, asked.StatusCode);
        Assert.Equal(HttpStatusCode.UpgradeRequired, withCookie.StatusCode);
        Assert.DoesNotContain(token[44..], log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", null, "")]
    [InlineData("?", null, "?")]
    [InlineData("?a=b&a=%20", null, "?a=b&a=%20")]
    [InlineData("?x-auth-token=", null, "?x-auth-token=redacted")]
    [InlineData("?x-auth-token=&x-auth-token=1&a&x-auth-token=2", "1", "?x-auth-token=redacted&x-auth-token=redacted&a=&x-auth-token=redacted")]
    [InlineData("?x-auth-token=%31+2", "1 2", "?x-auth-token=redacted")]
    public void The_token_is_taken_out_and_the_rest_stays(string query, string? token, string rest)
    {
        var context = new DefaultHttpContext();
        context.Request.QueryString = new QueryString(query);
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = $"/path{query}";

        QueryToken.TakeOut(context.Features);

        Assert.Equal(token, context.Features.Get<QueryToken>()?.Value);
        Assert.Equal(rest, context.Request.QueryString.Value);
        Assert.Equal($"/path{rest}", context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        Assert.DoesNotContain("1", $"{context.Features.Get<QueryToken>()}", StringComparison.Ordinal);
    }

    private static void Record(WebApplicationBuilder builder, LogRecorder log) => builder.Logging.AddProvider(log);

    private static ActivityListener Listen(ConcurrentQueue<string> traced)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => traced.Enqueue(
                $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(happened => happened.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>Sends raw bytes, which an HTTP client would refuse, and reads until the server closes.</summary>
    private static async Task SendAsync(GatewayHost gateway, string text)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, gateway.Address.Port, Stop);
        await socket.SendAsync(Encoding.ASCII.GetBytes(text), Stop);
        socket.Shutdown(SocketShutdown.Send);
        var answer = new byte[4096];
        while (await socket.ReceiveAsync(answer, Stop) > 0)
        {
            // Whatever it is.
        }
    }
}
