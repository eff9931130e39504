using System.Text.Json;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Sessions;

/// <summary>Reads what a client gets after it has changed its view.</summary>
internal static class SubscriptionMessages
{
    public static async Task<(string, decimal)[]> TickAsync(TickerClient client) =>
        [.. (await client.ReceiveAsync("ticker")).GetProperty("data").EnumerateArray()
            .Select(quote => (quote.GetProperty("symbol").GetString()!, quote.GetProperty("price").GetDecimal()))];

    public static async Task<string> ViewAsync(TickerClient client)
    {
        var view = await client.ReceiveAsync("subscribed");
        return $"{ListOf(view.GetProperty("symbols"))}; {view.GetProperty("interval_ms")} ms";
    }

    public static async Task<string> ErrorAsync(TickerClient client)
    {
        var error = await client.ReceiveAsync("error");
        return $"{error.GetProperty("code")}: {(error.TryGetProperty("symbols", out var symbols) ? ListOf(symbols) : "")}";
    }

    private static string ListOf(JsonElement list) => string.Join(' ', list.EnumerateArray());
}
