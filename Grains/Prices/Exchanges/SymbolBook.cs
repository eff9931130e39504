using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Prices.Seconds;

namespace OrleansTicker.Grains.Prices.Exchanges;

/// <summary>What an exchange has said of one symbol. For one thread at a time.</summary>
internal sealed class SymbolBook(string symbol)
{
    /// <summary>The largest volume that is counted up to; no exchange trades as much, and sums beyond it would lose digits.</summary>
    public const decimal MaxVolume = Plausible.MaxVolume;

    /// <summary>How far an exchange's clock may be ahead of this machine's before its times are not believed.</summary>
    private static readonly TimeSpan MaxAhead = TimeSpan.FromDays(1);

    private SequenceGuard _tops;
    private SequenceGuard _lasts;
    private TradeNumbers _counted;
    private TopOfBook _top;
    private Trade? _last;
    private DateTimeOffset? _lastAt;
    private DayFigures _day;
    private long _trades;
    private decimal _volume;
    private CountedSeconds? _seconds;
    private DateTimeOffset _updatedAt;
    private TimeSpan _heardAt;

    /// <summary>Whether it has changed since it was last copied.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Whether the connection that carries it is lost. The next word of the exchange ends that.</summary>
    public bool IsAway { get; private set; }

    /// <summary>Whether anything is known that gives a price.</summary>
    public bool HasPrice => _last is not null || (_top.Bid is not null && _top.Ask is not null);

    public void Apply(in Trade trade, TimeSpan now, DateTimeOffset receivedAt)
    {
        Hear(now);
        if (!trade.IsRepeated)
        {
            if (!_counted.TryAdd(trade.Id, now))
            {
                return;
            }

            _trades += trade.Count;
            _volume = Math.Min(_volume + Math.Min(trade.Size ?? 0, MaxVolume), MaxVolume);
            var madeAt = ToCredible(trade.Time, receivedAt) ?? receivedAt;
            (_seconds ??= new CountedSeconds()).Add(trade.Price, trade.Size ?? 0, trade.Count, madeAt, trade.Id, now);
        }

        if (_lasts.IsNew(trade.Id, now) && !IsKnown(trade))
        {
            _last = trade;
            _lastAt = ToCredible(trade.Time, receivedAt) ?? (trade.IsRepeated ? null : receivedAt);
            Advance(trade.Time, receivedAt, isSummary: trade.IsRepeated);
        }
    }

    public void Apply(in TopOfBook top, TimeSpan now, DateTimeOffset receivedAt)
    {
        Hear(now);
        if (_tops.IsNew(top.Sequence, now))
        {
            _top = top;
            Advance(top.Time, receivedAt, isSummary: false);
        }
    }

    public void Apply(in DayFigures day, TimeSpan now, DateTimeOffset receivedAt)
    {
        Hear(now);
        _day = day;
        if (day.Time is not null)
        {
            Advance(day.Time, receivedAt, isSummary: true);
        }
    }

    /// <summary>The connection that carries it is lost. The order of messages goes on: the next connection may be to a server that lags behind.</summary>
    public void Lose()
    {
        IsAway = true;
        IsChanged = true;
    }

    /// <summary>What the exchange has said.</summary>
    /// <param name="now">The time on the monotonic clock of receipt.</param>
    /// <param name="isWhole">Whether the last seconds are given whether they have changed since the last copy or not.</param>
    public ExchangeQuote ToQuote(TimeSpan now, bool isWhole) => new()
    {
        Symbol = symbol,
        UpdatedAt = _updatedAt,
        Age = now > _heardAt ? now - _heardAt : TimeSpan.Zero,
        IsAway = IsAway,
        Bid = _top.Bid,
        BidSize = _top.BidSize,
        Ask = _top.Ask,
        AskSize = _top.AskSize,
        Last = _last?.Price,
        LastSize = _last?.Size,
        LastAt = _lastAt,
        Open = _day.Open,
        High = _day.High,
        Low = _day.Low,
        DayVolume = _day.Volume,
        Trades = _trades,
        Volume = _volume,
        Seconds = isWhole ? _seconds?.TakeAll(now) : _seconds?.TakeChanged(),
    };

    /// <summary>Whether it only repeats the last trade, of which the book may know more.</summary>
    private bool IsKnown(in Trade trade) =>
        trade.IsRepeated && _last is { } last && trade.Price == last.Price
        && (trade.Id is null ? trade.Size is null || trade.Size == last.Size : trade.Id == last.Id);

    /// <summary>
    /// Moves on to the time of a figure. It goes back only by much, when the exchange has set its clock; a summary may repeat what is long past.
    /// </summary>
    private void Advance(DateTimeOffset? time, DateTimeOffset receivedAt, bool isSummary)
    {
        var at = ToCredible(time, receivedAt) ?? receivedAt;
        if (at > _updatedAt || (!isSummary && _updatedAt - at >= SequenceGuard.MaxLag))
        {
            _updatedAt = at;
        }
    }

    /// <summary>The time that an exchange gives; null if it gives none, or one that is wrong.</summary>
    private static DateTimeOffset? ToCredible(DateTimeOffset? time, DateTimeOffset receivedAt) => time - receivedAt < MaxAhead ? time : null;

    /// <summary>
    /// The exchange speaks of the symbol. After a loss, the book from before it is not made new by a trade, unless only a moment has passed.
    /// </summary>
    private void Hear(TimeSpan now)
    {
        if (IsAway && now - _heardAt >= SequenceGuard.MaxLag)
        {
            _top = default;
        }

        _heardAt = now;
        IsAway = false;
        IsChanged = true;
    }
}
