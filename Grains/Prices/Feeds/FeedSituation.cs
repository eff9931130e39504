namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>What was last seen of the feed besides prices, in words. Public, so they contain no address. Thread-safe.</summary>
internal sealed class FeedSituation
{
    public const string Starting = "it is not connected yet";
    public const string Away = "there is no connection to it";
    public const string Connected = "it is connected and says nothing";
    public const string Quiet = "it is connected and sends other messages, such as heartbeats";
    public const string Unusable = "it is connected and sends what cannot be used";
    public const string Refusing = "it answers with an error";

    private volatile string _now = Starting;

    public string Now
    {
        get => _now;
        set => _now = value;
    }
}
