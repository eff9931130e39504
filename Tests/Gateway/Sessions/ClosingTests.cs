using System.Text;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Gateways;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>How sessions end: with a close frame, which nothing follows but the end of the connection, and never with a reset.</summary>
public sealed class ClosingTests : IDisposable
{
    private const byte Text = 0x81;
    private const byte CompressedText = 0xC1;

    private readonly TestCertificate _certificate = new();

    [Theory]
    [InlineData("Uring")]
    [InlineData("Send")]
    [InlineData("Stream")]
    [InlineData("over TLS")]
    public async Task Each_code_arrives_and_after_it_nothing_but_the_end(string way)
    {
        await using var gateway = await StartAsync(way, ("Sessions:CloseTimeout", "00:00:30"), ("Ticker:Interval", "00:00:00.001"));

        var ends = await Task.WhenAll(SessionEnding.All.Select(ending => EndAsync(gateway, ending, answers: true)));

        Assert.Equal(SessionEnding.All.Select(ending => $"{ending.Close}, then FIN"), ends);
    }

    [Fact]
    public async Task A_client_that_answers_nothing_sees_the_same_before_it_is_cut_off()
    {
        await using var plain = await StartAsync("Send", ("Sessions:CloseTimeout", "00:00:03"));
        await using var secure = await StartAsync("over TLS", ("Sessions:CloseTimeout", "00:00:03"));

        var ends = await Task.WhenAll(new[] { plain, secure }.SelectMany(gateway => SessionEnding.All.Select(ending => EndAsync(gateway, ending, answers: false))));

        Assert.Equal(SessionEnding.All.Concat(SessionEnding.All).Select(ending => $"{ending.Close}, then FIN"), ends);
    }

    [Fact]
    public async Task A_stalled_client_that_reads_again_in_time_sees_why_it_was_closed()
    {
        await using var gateway = await StartAsync(
            "Send", ("Sessions:StallTimeout", "00:00:01"), ("Sessions:CloseTimeout", "00:00:30"), ("Ticker:Interval", "00:00:00.001"));
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync(), receiveBuffer: 4096);
        await client.ReadConnectionIdAsync();
        var session = gateway.Services.GetRequiredService<SessionRegistry>().Find(SessionSelector.All).Single().Session;

        await Eventually.TrueAsync(() => session.Reason is not null, "a stall");

        Assert.Equal("4408 stalled, then FIN", await SessionEnding.ReadEndingAsync(client, answers: true));
    }

    [Fact]
    public async Task A_message_of_a_compression_that_the_platform_cannot_read_ends_with_a_close_frame()
    {
        await using var gateway = await StartAsync("Stream");
        using var client = await RawClient.ConnectAsync(
            gateway.Address, await gateway.GetTokenAsync(), extraHeaders: "Sec-WebSocket-Extensions: permessage-deflate\r\n");

        // RFC 7692, 7.2.3.4: blocks with BFINAL. Two, since the first is read.
        for (var message = 0; message < 2; message++)
        {
            await client.SendFrameAsync(CompressedText, [0xF3, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x00]);
        }

        Assert.Equal("1007 unreadable message, then FIN", await SessionEnding.ReadEndingAsync(client, answers: true));
    }

    [Fact]
    public async Task Figures_tell_who_closed_and_with_which_code()
    {
        await using var gateway = await StartAsync("Send");
        foreach (var close in new ushort[] { 1001, 3210, 4999 })
        {
            await EndAsync(gateway, new SessionEnding("", (client, _) => client.SendFrameAsync(0x88, [(byte)(close >> 8), (byte)close])), answers: false);
        }

        await EndAsync(gateway, SessionEnding.All[1], answers: true);
        string[] expected =
        [
            """ticker_sessions_ended_total{close_code="1001",closed_by="client"} 1""",
            """ticker_sessions_ended_total{close_code="1002",closed_by="gateway"} 1""",
            """ticker_sessions_ended_total{close_code="3000",closed_by="client"} 2""",
        ];

        string[] figures = [];
        var token = await gateway.GetTokenAsync();
        for (var since = TimeProvider.System.GetTimestamp(); !figures.SequenceEqual(expected) && TimeProvider.System.GetElapsedTime(since) < TickerClient.Patience;)
        {
            using var response = await gateway.SendAsync(HttpMethod.Get, "/admin/metrics", token);
            var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');
            figures = [.. lines.Where(line => line.StartsWith("ticker_sessions_ended_total{", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        }

        Assert.Equal(expected, figures);
    }

    [Fact]
    public async Task While_an_answer_takes_long_pings_and_the_close_are_answered()
    {
        var answering = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = new GrainCalls { Answering = answering.Task };
        await using var gateway = await GatewayHost.StartAsync(calls.Install);
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync());
        var connectionId = await client.ReadConnectionIdAsync();

        await client.SendFrameAsync(Text, Encoding.UTF8.GetBytes("""{"type":"ping"}"""));
        await client.SendFrameAsync(0x89, [7]);
        var frame = await client.ReadFrameAsync();
        while (frame.First != 0x8A)
        {
            Assert.DoesNotContain("pong", Encoding.UTF8.GetString(frame.Payload), StringComparison.Ordinal);
            frame = await client.ReadFrameAsync();
        }

        Assert.Equal([7], frame.Payload);
        await client.SendFrameAsync(0x88, [0x03, 0xE8]);
        Assert.Equal("1000 closed, then FIN", await SessionEnding.ReadEndingAsync(client, answers: false));
        answering.SetResult();
        await calls.LeftAsync(connectionId);
    }

    public void Dispose() => _certificate.Dispose();

    private Task<GatewayHost> StartAsync(string way, params (string Key, string? Value)[] settings) => GatewayHost.StartAsync(way switch
    {
        "over TLS" => [.. _certificate.Settings, .. settings],
        _ => [Transports.Setting(way), .. settings],
    });

    private static async Task<string> EndAsync(GatewayHost gateway, SessionEnding ending, bool answers)
    {
        using var client = await RawClient.ConnectAsync(
            gateway.Address, await gateway.GetTokenAsync(), extraHeaders: "Sec-WebSocket-Extensions: permessage-deflate\r\n");
        return await ending.EndAsync(client, gateway, answers);
    }
}
