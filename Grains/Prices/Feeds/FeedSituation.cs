namespace OrleansTicker.Grains.Prices.Feeds;

/// <summary>What was last seen of an exchange on one of its connections, in words. Public, so they contain no address. Thread-safe.</summary>
internal sealed class FeedSituation(TimeProvider time)
{
    public const string Starting = "it is not connected yet";
    public const string Away = "there is no connection to it";
    public const string Connected = "it is connected and says nothing";
    public const string Quiet = "it is connected and sends other messages, such as heartbeats";
    public const string Prices = "it is connected and sends prices";
    public const string Unusable = "it is connected and sends what cannot be used";
    public const string Refusing = "it answers with an error";
    public const string Idle = "it refuses every product";
    public const string Nothing = "it has none of the products that are wanted";
    public const string Faulted = "the feed ended on a fault";

    /// <summary>Heartbeats between prices do not mean that there are no prices.</summary>
    private static readonly TimeSpan QuietAfter = TimeSpan.FromSeconds(2);

    private volatile string _now = Starting;
    private long _pricedAt;
    private volatile string? _error;

    public string Now
    {
        get => _now;
        set => _now = value;
    }

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsGood => IsGoodWord(_now);

    /// <summary>Whether a situation in words is one in which nothing is wrong.</summary>
    public static bool IsGoodWord(string situation) => situation is Connected or Quiet or Prices;

    /// <summary>A price has come.</summary>
    public void NotePrice()
    {
        Volatile.Write(ref _pricedAt, time.GetTimestamp());
        _now = Prices;
    }

    /// <summary>Something else has come that shows that the exchange is there.</summary>
    public void NoteLife()
    {
        if (_now != Prices || time.GetElapsedTime(Volatile.Read(ref _pricedAt)) >= QuietAfter)
        {
            _now = Quiet;
        }
    }

    /// <summary>Notes an error that names no product.</summary>
    /// <returns>Whether it is another one than the last, so that it is worth telling.</returns>
    public bool IsNewError(string error)
    {
        var isNew = _error != error;
        _error = error;
        return isNew;
    }

    /// <summary>Prices have come since the last error.</summary>
    public void ForgetError() => _error = null;
}
