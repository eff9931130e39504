using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions.Candles;

/// <summary>A gateway with the symbols A, B and coinbase:A, and what its clients say and hear of candles.</summary>
internal static class CandleGateway
{
    public static async Task<GatewayHost> StartAsync(params (string Key, string? Value)[] settings)
    {
        var source = new ScriptedSource();
        source.Say("A", 1);
        source.Say("B", 1);
        source.Say("coinbase:A", 1);
        var gateway = await GatewayHost.StartAsync(
            builder =>
            {
                source.Install(builder);
                builder.Services.AddSingleton<IIncomingGrainCallFilter, SilentTicker>();
            },
            [("History:Provider", "None"), .. settings]);
        await Eventually.TrueAsync(() => gateway.Symbols.Length == 3, "three symbols");
        return gateway;
    }

    /// <summary>Subscribes to seconds of symbols, and waits for the answer.</summary>
    /// <returns>The symbols of which the client has seconds now.</returns>
    public static async Task<string> SubscribeAsync(this TickerClient client, string symbols, long? from = null)
    {
        var list = string.Join(',', symbols.Split(' ').Select(symbol => $"\"{symbol}\""));
        var beginning = from is { } second ? $",\"from\":{CandleTape.Start + second}" : "";
        await client.SendAsync($$"""{"type":"subscribe","channel":"candles","symbols":[{{list}}],"interval":"1s"{{beginning}}}""");
        return await client.SubscribedAsync();
    }

    /// <summary>The symbols that the answer names.</summary>
    public static async Task<string> SubscribedAsync(this TickerClient client)
    {
        while (true)
        {
            var answer = await client.ReceiveAsync("subscribed");
            if (answer.TryGetProperty("channel", out _))
            {
                return string.Join(' ', answer.GetProperty("symbols").EnumerateArray());
            }
        }
    }

    /// <summary>The next message of candles, such as <c>A 1s: 0=1 closed, 1=2</c>.</summary>
    public static async Task<string> CandlesAsync(this TickerClient client) => Told(await client.ReceiveAsync("candles"));

    /// <summary>Reads until a second is closed.</summary>
    /// <returns>The closed seconds that came, in their order.</returns>
    public static async Task<List<long>> ClosedUntilAsync(this TickerClient client, long second)
    {
        var closed = new List<long>();
        while (closed.Count == 0 || closed[^1] < second)
        {
            closed.AddRange(ClosedIn(await client.ReceiveAsync("candles")));
        }

        return closed;
    }

    /// <summary>The closed seconds of a message.</summary>
    public static IEnumerable<long> ClosedIn(JsonElement candles) => candles.GetProperty("data").EnumerateArray()
        .Where(candle => candle.GetProperty("closed").GetBoolean())
        .Select(candle => candle.GetProperty("open_time").GetInt64() - CandleTape.Start);

    private static string Told(JsonElement candles)
    {
        var data = candles.GetProperty("data").EnumerateArray().Select(candle =>
            $"{candle.GetProperty("open_time").GetInt64() - CandleTape.Start}={candle.GetProperty("close")}{(candle.GetProperty("closed").GetBoolean() ? " closed" : "")}");
        return $"{candles.GetProperty("symbol")} {candles.GetProperty("interval")}: {string.Join(", ", data)}";
    }
}
