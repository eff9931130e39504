namespace OrleansTicker.Tests.Grains.Prices.Feeds.Coinbase;

public sealed class CoinbaseExchangeTests : FeedSourceTest
{
    [Fact]
    public async Task It_subscribes_to_its_products_as_soon_as_it_is_connected()
    {
        var connection = await ConnectAsync();

        Assert.Equal(
            """{"type":"subscribe","product_ids":["BTC-USD","ETH-USD","SOL-USD"],"channels":["ticker","heartbeat"]}""",
            connection.FirstMessage);
    }
}
