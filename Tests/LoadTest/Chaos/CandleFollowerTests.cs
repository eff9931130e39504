using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using OrleansTicker.LoadTest.Candles;
using OrleansTicker.LoadTest.Chaos;
using OrleansTicker.Tests.Hosting;
using OrleansTicker.Tests.LoadTest.Hosting;

namespace OrleansTicker.Tests.LoadTest.Chaos;

public sealed class CandleFollowerTests
{
    private const string Candles =
        """{"type":"candles","symbol":"A","interval":"1s","data":[{"open_time":100,"open":1,"high":1,"low":1,"close":1,"volume":1,"quote_volume":1,"trades":1,"closed":true},{"open_time":101,"open":1,"high":1,"low":1,"close":1,"volume":1,"quote_volume":1,"trades":1,"closed":false}]}""";

    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();
    private readonly FollowedCandles _candles = new(["A"], from: 100);
    private int _connections;

    [Fact]
    public async Task It_goes_on_after_a_disconnect_where_it_was()
    {
        await using var run = await FollowAsync(async (socket, _) =>
        {
            await SendAsync(socket, Candles);
            socket.Abort();
        });

        Assert.Equal("""{"type":"subscribe","channel":"candles","symbols":["A"],"interval":"1s","from":100}""", await NextAsync());
        await Eventually.TrueAsync(() => _candles["A"].Count > 0, "the candle is there");
        while (await NextAsync() is var text && text != """{"type":"subscribe","channel":"candles","symbols":["A"],"interval":"1s","from":101}""")
        {
            Assert.EndsWith("\"from\":100}", text, StringComparison.Ordinal);
        }

        Assert.Equal(0, run.Field.Violations.Count);
    }

    [Fact]
    public async Task It_asks_again_where_a_gateway_cannot_read_candles_and_waits_where_they_follow_later()
    {
        await using var run = await FollowAsync(async (socket, connection) =>
        {
            await SendAsync(socket, """{"type":"error","code":"history_unavailable","message":"later"}""");
            if (connection == 1)
            {
                await SendAsync(socket, """{"type":"error","code":"unavailable","message":"again"}""");
            }

            await SendAsync(socket, Candles);
        });

        await NextAsync();
        await NextAsync();
        await Eventually.TrueAsync(() => _candles["A"].Count > 0, "the candle is there");
        Assert.Equal((2, 0), (_connections, run.Field.Violations.Count));
    }

    [Fact]
    public async Task What_it_can_no_longer_be_sent_is_a_violation()
    {
        await using var run = await FollowAsync((socket, _) => SendAsync(socket, """{"type":"error","code":"from_too_early","message":"too old"}"""));

        await NextAsync();
        await NextAsync();
        Assert.True(run.Field.Violations.Count > 0);
    }

    [Fact]
    public async Task Candles_that_cannot_be_read_are_a_violation()
    {
        await using var run = await FollowAsync((socket, _) => SendAsync(socket, """{"type":"candles","symbol":"A"}"""));

        await NextAsync();
        await NextAsync();
        Assert.Contains("candles that cannot be read", run.Field.Violations.First[0], StringComparison.Ordinal);
    }

    private static Task SendAsync(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    private Task<string> NextAsync() => _received.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WithinTimeoutAsync();

    private async Task<Following> FollowAsync(Func<WebSocket, int, Task> answerAsync)
    {
        var gateway = await FakeGateway.StartAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync("ticker.v1");
            var connection = Interlocked.Increment(ref _connections);
            var buffer = new byte[4096];
            try
            {
                while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: WebSocketMessageType.Text } message)
                {
                    await _received.Writer.WriteAsync(Encoding.UTF8.GetString(buffer, 0, message.Count), context.RequestAborted);
                    await answerAsync(socket, connection);
                }
            }
            catch (Exception e) when (e is WebSocketException or OperationCanceledException or ConnectionResetException or IOException)
            {
                // The client has left.
            }
        });
        return new Following(gateway, _candles);
    }

    private sealed class Following : IAsyncDisposable
    {
        private readonly FakeGateway _gateway;
        private readonly TokenSource _tokens = new("key");
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public Following(FakeGateway gateway, FollowedCandles candles)
        {
            _gateway = gateway;
            Field = new ChaosField([gateway.Address], _tokens, TimeProvider.System);
            _running = new CandleFollower(candles, Field).RunAsync(_stop.Token);
        }

        public ChaosField Field { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            await _gateway.DisposeAsync();
            _tokens.Dispose();
            _stop.Dispose();
        }
    }
}
