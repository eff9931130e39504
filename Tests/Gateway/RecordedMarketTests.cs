using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway;

/// <summary>Real prices, from an exchange's messages to what a client sees.</summary>
public sealed class RecordedMarketTests
{
    [Fact]
    public async Task A_client_ends_with_the_last_price_of_every_recorded_product()
    {
        var path = Recording.FindOrSkip();
        var expected = Recording.LastPrices(path);
        Assert.Equal(10, expected.Count);

        await using var gateway = await GatewayHost.StartAsync(
            ("Ticker:Source", "Replay"), ("Ticker:Replay:Path", path), ("Ticker:Replay:Speed", "50"), ("Ticker:Replay:Loop", "false"));
        using var client = await gateway.ConnectAsync();
        var seen = new Dictionary<string, string>();
        while (!expected.All(price => seen.GetValueOrDefault(price.Key) == price.Value))
        {
            foreach (var quote in (await client.ReceiveAsync("ticker")).GetProperty("data").EnumerateArray())
            {
                seen[quote.GetProperty("symbol").GetString()!] = quote.GetProperty("price").GetRawText();
            }
        }

        Assert.Equal(expected.Keys.Order(), seen.Keys.Order());
    }
}
