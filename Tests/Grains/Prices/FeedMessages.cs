namespace OrleansTicker.Tests.Grains.Prices;

/// <summary>Messages as Coinbase documents them, with numbers of our own.</summary>
internal static class FeedMessages
{
    public const string Heartbeat =
        """{"type":"heartbeat","sequence":90,"last_trade_id":20,"product_id":"BTC-USD","time":"2024-05-06T07:08:09.000001Z"}""";

    public const string Error =
        """{"type":"error","message":"Failed to subscribe","reason":"NOPE-USD is not a valid product"}""";

    public const string Subscriptions =
        """{"type":"subscriptions","channels":[{"name":"ticker","product_ids":["BTC-USD"]},{"name":"heartbeat","product_ids":["BTC-USD"]}]}""";

    public static string HeartbeatAt(DateTimeOffset time) =>
        Heartbeat.Replace("2024-05-06T07:08:09.000001Z", $"{time:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}", StringComparison.Ordinal);

    public static string Refusal(string reason) => $$"""{"type":"error","message":"Failed to subscribe","reason":"{{reason}}"}""";

    public static string Ticker(string product, string price, DateTimeOffset time, long sequence = 37475248783) =>
        Ticker(product, price, $"{time:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}", sequence);

    public static string Ticker(string product, string price, string time = "2024-05-06T07:08:09.123456Z", long sequence = 37475248783) =>
        $$"""
        {"type":"ticker","sequence":{{sequence}},"product_id":"{{product}}","price":"{{price}}","open_24h":"1285.22","volume_24h":"245532.79","low_24h":"1270.6","high_24h":"1310","volume_30d":"9788783.60","best_bid":"1285.04","best_bid_size":"0.46688654","best_ask":"1285.27","best_ask_size":"1.56637040","side":"buy","time":"{{time}}","trade_id":370843401,"last_size":"11.4396987"}
        """;
}
