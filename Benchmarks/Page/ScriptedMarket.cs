using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;

namespace OrleansTicker.Benchmarks.Page;

/// <summary>
/// Serves the page and a market that costs nothing to make, so that the machine's time is the browser's: 100 messages a second, each with the same
/// number of changes, candles of the past for the chart and the courses, and the running candle of the first symbol once a second.
/// </summary>
internal sealed class ScriptedMarket : IAsyncDisposable
{
    private const int TurnMilliseconds = 10;
    private const int TurnsOfASecond = 1000 / TurnMilliseconds;
    private const int Candles = 500;

    private readonly int _symbols;
    private readonly int _changes;
    private readonly WebApplication _app;

    private ScriptedMarket(int symbols, int changes)
    {
        (_symbols, _changes) = (symbols, changes);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        var files = new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "public"));
        _app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        _app.UseStaticFiles(new StaticFileOptions { FileProvider = files });
        _app.UseWebSockets();
        _app.Run(AnswerAsync);
    }

    /// <summary>Where it is.</summary>
    public string Address => _app.Urls.Single();

    /// <param name="symbols">How many symbols there are.</param>
    /// <param name="changes">How many of them change in a message.</param>
    public static async Task<ScriptedMarket> StartAsync(int symbols, int changes)
    {
        var market = new ScriptedMarket(symbols, changes);
        await market._app.StartAsync();
        return market;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        if (context.WebSockets.IsWebSocketRequest)
        {
            return StreamAsync(context);
        }

        var answer = context.Request.Path.Value switch
        {
            "/auth/token" => """{"token":"a.benchmark.token","user_id":"benchmark","role":"user","expires_in":3600}""",
            "/api/v1/tickers" => """{"epoch":1,"seq":1,"tickers":[]}""",
            "/api/v1/candles" => $$"""{"candles":[{{string.Join(',', PastCandles(context.Request.Query["interval"] == "15m" ? 900 : 60))}}],"gaps":[]}""",
            _ => "{}",
        };
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer);
    }

    private async Task StreamAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync("ticker.v1");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var subscriptions = 0; // To candles, not answered yet.
        var reading = ReadAsync(socket, () => Interlocked.Increment(ref subscriptions), end);
        await SendAsync("""{"type":"welcome","user_id":"user:benchmark","connection_id":"c","epoch":1,"expires_at":1795513787}""");
        await SendAsync(Message(1, 0, 0, _symbols));
        using var turns = new PeriodicTimer(TimeSpan.FromMilliseconds(TurnMilliseconds), TimeProvider.System);
        try
        {
            for (var seq = 2L; await turns.WaitForNextTickAsync(end.Token); seq++)
            {
                await SendAsync(Message(seq, seq - 1, (int)(seq * _changes % _symbols), _changes));
                for (var left = Interlocked.Exchange(ref subscriptions, 0); left > 0; left--)
                {
                    await SendAsync("""{"type":"subscribed","channel":"candles","symbols":["S0000-USD"],"interval":"1m"}""");
                }

                if (seq % TurnsOfASecond == 0)
                {
                    var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
                    await SendAsync($$"""{"type":"candles","symbol":"S0000-USD","interval":"1m","data":[{{Candle(now - (now % 60), seq, isClosed: false)}}]}""");
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The page is gone.
        }

        await reading;

        Task SendAsync(string message) => socket.SendAsync(Encoding.UTF8.GetBytes(message), WebSocketMessageType.Text, true, end.Token);
    }

    private static async Task ReadAsync(WebSocket socket, Action onCandles, CancellationTokenSource end)
    {
        try
        {
            var buffer = new byte[4096];
            while (await socket.ReceiveAsync(buffer, end.Token) is { MessageType: not WebSocketMessageType.Close } message)
            {
                if (Encoding.UTF8.GetString(buffer, 0, message.Count).Contains("\"candles\"", StringComparison.Ordinal))
                {
                    onCandles();
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The page is gone.
        }

        await end.CancelAsync();
    }

    private static IEnumerable<string> PastCandles(int seconds)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / seconds * seconds;
        return Enumerable.Range(0, Candles).Select(index => Candle(now - ((Candles - index) * seconds), index, isClosed: true));
    }

    private static string Candle(long openTime, long seed, bool isClosed)
    {
        var open = 100 + ((decimal)(seed * 7919 % 1000) / 100);
        var close = 100 + ((decimal)((seed + 1) * 7919 % 1000) / 100);
        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"open_time":{{openTime}},"open":{{open}},"high":{{Math.Max(open, close) + 1}},"low":{{Math.Min(open, close) - 1}},"close":{{close}},"volume":{{seed % 50}},"quote_volume":{{seed % 5000}},"trades":{{seed % 9}},"closed":{{(isClosed ? "true" : "false")}}}""");
    }

    private string Message(long seq, long prevSeq, int first, int count)
    {
        var micros = (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var data = Enumerable.Range(first, count).Select(index =>
        {
            var symbol = index % _symbols;
            var price = 100 + symbol + ((decimal)((seq * 7919) + (symbol * 104729)) % 1000 / 100);
            return string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"symbol":"S{{symbol:0000}}-USD","price":{{price:0.00}},"timestamp":{{micros / 1_000_000}},"bid":{{price - 0.01m:0.00}},"ask":{{price + 0.01m:0.00}},"open_24h":{{100 + symbol}},"high_24h":{{120 + symbol}},"low_24h":{{90 + symbol}},"volume_24h":{{1000 + seq}}}""");
        });
        return string.Create(CultureInfo.InvariantCulture, $$"""{"type":"ticker","epoch":1,"seq":{{seq}},"prev_seq":{{prevSeq}},"ts":{{micros}},"data":[{{string.Join(',', data)}}]}""");
    }
}
