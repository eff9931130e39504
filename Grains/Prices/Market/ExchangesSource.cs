using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Interfaces.Feeds;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Prices.Consolidation;

namespace OrleansTicker.Grains.Prices.Market;

/// <summary>
/// The market of several exchanges: one consolidated price for each symbol, and what each exchange says. The feeds have grains of their own,
/// which outlive the ticker. Used only in the ticker's turns.
/// </summary>
internal sealed partial class ExchangesSource : IPriceSource, IFeedsSource
{
    /// <summary>
    /// How long the first prices wait for the feeds: a new ticker would otherwise make prices of the first feed alone for a moment, and
    /// mark them as stale.
    /// </summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>How many symbols of an exchange that do not count are reported: each costs the ticker a sentence.</summary>
    private const int MaxExcluded = 100;

    /// <summary>No silence that is shorter can be an outage, so its cause is not put into words: the silence is asked for in each turn.</summary>
    private static readonly TimeSpan MinOutage = TimeSpan.FromSeconds(1);

    private readonly SortedDictionary<string, FeedLink> _links = new(StringComparer.Ordinal);
    private readonly Consolidator _consolidator;
    private readonly IReadOnlySet<string> _symbols;
    private readonly CancellationToken _stopping;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly long _begunAt;
    private Dictionary<string, Quote> _restored;
    private TimeSpan _pricedAt;
    private bool _hasBegun;
    private int _toldChanges;

    /// <param name="links">The exchanges.</param>
    /// <param name="symbols">The symbols that the market may have, without exchanges.</param>
    /// <param name="consolidator">Makes one price of theirs.</param>
    /// <param name="known">The quotes of an earlier ticker, which the market begins with.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Is told when exchanges come and go.</param>
    /// <param name="stopping">Is cancelled when the process begins to stop.</param>
    public ExchangesSource(
        IEnumerable<FeedLink> links,
        IReadOnlySet<string> symbols,
        Consolidator consolidator,
        IReadOnlyCollection<Quote> known,
        TimeProvider time,
        ILogger logger,
        CancellationToken stopping)
    {
        foreach (var link in links)
        {
            _links.Add(link.Exchange, link);
        }

        _symbols = symbols;
        _consolidator = consolidator;
        _stopping = stopping;
        _restored = known.Where(quote => symbols.Contains(quote.Symbol) && !quote.IsStale).ToDictionary(quote => quote.Symbol, StringComparer.Ordinal);
        _time = time;
        _logger = logger;
        _begunAt = time.GetTimestamp();
    }

    public ImmutableArray<FeedStatus>? Statuses { get; private set; }

    public PriceSilence Silence => Now - _pricedAt is var length && length < MinOutage ? new(length, null) : new(length, Cause);

    private TimeSpan Now => _time.GetElapsedTime(_begunAt);

    private string? Cause => string.Join("; ", _links.Values.Select(link => $"{link.Exchange}: {link.Absence}"));

    public bool Covers(string symbol) => _symbols.Contains(symbol);

    public void Start()
    {
    }

    public void Attach(long epoch, TimeSpan turnInterval, TimeSpan nextTurnIn)
    {
        if (_stopping.IsCancellationRequested)
        {
            return; // A silo that stops starts no feed.
        }

        foreach (var link in _links.Values)
        {
            link.Attach(epoch, turnInterval, nextTurnIn);
        }

        CompareClocks();
    }

    public void Take(FeedUpdate update)
    {
        if (_links.TryGetValue(update.Exchange, out var link))
        {
            Enter(link, link.Take(update));
        }
    }

    public void Collect(List<Quote> changes)
    {
        var now = Now;
        foreach (var link in _links.Values)
        {
            Enter(link, link.Read());
            if (link.Silence is { } silence)
            {
                _consolidator.Hear(link.Exchange, now - silence);
            }
            else
            {
                _consolidator.Lose(link.Exchange, now);
            }
        }

        _hasBegun |= now >= Patience || _links.Values.All(link => link.Feed != Guid.Empty);
        if (_hasBegun)
        {
            _consolidator.Collect(now, changes);
        }

        AgeRestored(now, changes);

        // A new ticker gives a feed as long to answer as it gives it later to send an update. Feeds of a silo that stops are no news.
        if (!_stopping.IsCancellationRequested && (Statuses is not null || now >= FeedLink.LossTimeout || _links.Keys.All(_consolidator.IsLive)))
        {
            NoteStatuses();
        }
    }

    public bool IsPricedByTrades(string symbol) => SymbolNames.IsOfOneExchange(symbol);

    public void CollectTrades(List<TradedSecond> seconds) => _consolidator.CollectTrades(seconds);

    public ImmutableArray<FeedReport> Report() =>
    [
        .. _links.Values.Select(link => (link.Report ?? new FeedReport { Exchange = link.Exchange }) with
        {
            IsLive = _consolidator.IsLive(link.Exchange),
            Situation = _consolidator.IsLive(link.Exchange) ? link.Situation : link.Absence,
            Silence = link.Silence ?? link.Report?.Silence,
            Excluded = ExcludedOf(link),
        }),
    ];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private ImmutableArray<ExcludedSymbol> ExcludedOf(FeedLink link)
    {
        List<ExcludedSymbol> excluded = [];
        _consolidator.AddExcluded(link.Exchange, excluded, MaxExcluded);
        return [.. excluded];
    }

    private void Enter(FeedLink link, IReadOnlyList<ExchangeQuote> quotes)
    {
        var now = Now;
        foreach (var quote in quotes)
        {
            _consolidator.Update(link.Exchange, link.Feed, quote, now);
        }

        _pricedAt = quotes.Count > 0 ? now : _pricedAt;
    }

    /// <summary>
    /// Marks as stale what is known only from an earlier ticker. It may be of any age, and rests on no exchange: if none quotes it any more,
    /// nobody else ever tells.
    /// </summary>
    private void AgeRestored(TimeSpan now, List<Quote> changes)
    {
        if (_restored.Count == 0)
        {
            return;
        }

        changes.ForEach(quote => _restored.Remove(quote.Symbol));
        if (now >= FeedLink.LossTimeout)
        {
            changes.AddRange(_restored.Values.Select(quote => quote with { IsStale = true }));
            _restored = [];
        }
    }

    /// <summary>
    /// Tells by how much each exchange's clock differs from most. Where all differ from this machine's alike, it is this machine's that is wrong.
    /// </summary>
    private void CompareClocks()
    {
        var differences = _links.Values.Select(link => link.ClockDifference).Order().ToList();
        foreach (var link in _links.Values)
        {
            _consolidator.SetClock(link.Exchange, link.ClockDifference - differences[differences.Count / 2]);
        }
    }

    /// <summary>Makes the statuses anew if an exchange has come or gone.</summary>
    private void NoteStatuses()
    {
        if (Statuses is not null && _consolidator.LivenessChanges == _toldChanges)
        {
            return;
        }

        _toldChanges = _consolidator.LivenessChanges;
        var index = 0;
        foreach (var link in _links.Values)
        {
            var isLive = _consolidator.IsLive(link.Exchange);
            if (isLive != (Statuses?[index++].IsLive ?? false))
            {
                if (isLive)
                {
                    LogCame(link.Exchange);
                }
                else
                {
                    LogWent(link.Exchange, link.Absence);
                }
            }
        }

        Statuses = [.. _links.Values.Select(StatusOf)];
    }

    private FeedStatus StatusOf(FeedLink link)
    {
        var isLive = _consolidator.IsLive(link.Exchange);
        return new FeedStatus(link.Exchange.ToLowerInvariant(), isLive, isLive ? null : link.Absence);
    }

    [LoggerMessage(1036, LogLevel.Information, "{Exchange} counts in the market's prices")]
    private partial void LogCame(string exchange);

    [LoggerMessage(1037, LogLevel.Warning, "{Exchange} does not count in the market's prices any more: {Situation}")]
    private partial void LogWent(string exchange, string situation);
}
