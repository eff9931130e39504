using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Connections;

/// <summary>What a client has subscribed to, and the view of the market and the current policies that follows from it.</summary>
/// <param name="policies">Decide what the actor may see.</param>
/// <param name="actor">The client, as recorded in its first token.</param>
/// <param name="scope">The ids of the policies attached to that token.</param>
/// <param name="metadata">What is known of the request that opened its WebSocket.</param>
/// <param name="desired">The subscription to begin with; null for all symbols of the whole market.</param>
internal sealed class Subscription(IPolicies policies, Actor actor, ImmutableArray<string> scope, RequestMetadata? metadata, DesiredSubscription? desired = null)
{
    private const string Action = "symbol.subscribe";
    private const string Kind = "symbol:";
    private const int StackBufferLength = 64;

    private static readonly ImmutableSortedSet<string> Nothing = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private Actor _actor = actor;
    private ImmutableArray<string> _scope = scope;
    private bool _wantsAll = desired?.Symbols?.Contains(SubscribeMessage.Everything) ?? true; // All of the whole market, including those added later.
    private ImmutableSortedSet<string> _named = Nothing.Union(desired?.Symbols ?? []).Remove(SubscribeMessage.Everything); // Besides all: of single exchanges.
    private TimeSpan _interval = desired?.Interval ?? TimeSpan.Zero;
    private DetailLevel _detail = desired?.Detail ?? DetailLevel.Price;
    private bool _wantsStatus = desired?.WantsStatus ?? false;
    private readonly CandleSubscription _candles = new(desired?.Candles);
    private long _version = desired?.Version ?? 0;

    /// <summary>The version of the last view.</summary>
    public long Version => _version;

    /// <summary>The view of a market with these symbols.</summary>
    public SessionView ViewOf(ImmutableArray<string> market)
    {
        ImmutableArray<string> symbols = [.. market.Where(IsWanted).Where(IsAllowed).Order(StringComparer.Ordinal)];
        var wanted = _wantsAll ? _named.Add(SubscribeMessage.Everything) : _named;
        return new SessionView(
            symbols,
            _interval,
            ++_version,
            _wantsAll && _named.IsEmpty ? null : wanted.ToImmutableArray(),
            _detail,
            _wantsStatus,
            _candles.In(market, IsAllowed),
            _candles.Wanted);
    }

    /// <summary>Tells which of the symbols that the client has named it does not see, and why.</summary>
    public IEnumerable<ErrorMessage> ErrorsIn(ImmutableArray<string> market)
    {
        ErrorMessage?[] errors = [UnknownAmong([.. _named], market), ForbiddenAmong(_named.Intersect(market).Where(symbol => !IsAllowed(symbol)))];
        return errors.OfType<ErrorMessage>();
    }

    /// <summary>Continues with another token of the same client, and returns the new view.</summary>
    public SessionView Renew(Actor actor, ImmutableArray<string> scope, ImmutableArray<string> market)
    {
        (_actor, _scope) = (actor, scope);
        return ViewOf(market);
    }

    /// <summary>
    /// Adds symbols, and changes how they are sent. The first symbols that a client names replace the subscription to all, unless it names all
    /// with them.
    /// </summary>
    public ConnectionReply Subscribe(SubscribeMessage message, ImmutableArray<string> market)
    {
        var named = message.Symbols.Remove(SubscribeMessage.Everything);
        var known = named.Intersect(market).ToLookup(IsAllowed);
        if (named.Length < message.Symbols.Length)
        {
            _wantsAll = true;
        }
        else if (known[true].Any())
        {
            _wantsAll &= !_named.IsEmpty;
        }

        _named = _named.Union(known[true]);
        if (_wantsAll)
        {
            _named = _named.Except(_named.Where(IsOfWholeMarket));
        }

        _interval = message.Interval ?? _interval;
        _detail = message.Detail ?? _detail;
        _wantsStatus = message.WantsStatus ?? _wantsStatus;
        return Reply(market, UnknownAmong(named, market), ForbiddenAmong(known[false]));
    }

    /// <summary>
    /// Removes symbols. A subscription to all becomes one to the symbols that remain, unless the client names no symbol that it sees:
    /// then nothing changes.
    /// </summary>
    public ConnectionReply Unsubscribe(UnsubscribeMessage message, ImmutableArray<string> market)
    {
        var named = message.Symbols.Remove(SubscribeMessage.Everything);
        if (named.Length < message.Symbols.Length)
        {
            (_wantsAll, _named) = (false, Nothing);
        }
        else if (_wantsAll && named.Any(symbol => IsOfWholeMarket(symbol) && market.Contains(symbol) && IsAllowed(symbol)))
        {
            (_wantsAll, _named) = (false, _named.Union(market.Where(IsOfWholeMarket)).Except(named));
        }
        else
        {
            _named = _named.Except(named);
        }

        return Reply(market, UnknownAmong(named, market));
    }

    /// <summary>Adds candles of those symbols that are in the market and allowed.</summary>
    public ConnectionReply Subscribe(SubscribeCandlesMessage message, ImmutableArray<string> market)
    {
        var known = message.Symbols.Intersect(market).ToLookup(IsAllowed);
        _candles.Add(known[true], message.Interval);
        return Reply(
            message.Interval, market, UnknownAmong(message.Symbols, market), Error(ErrorMessage.Forbidden, "Not allowed to see", known[false]));
    }

    /// <summary>Removes candles.</summary>
    public ConnectionReply Unsubscribe(UnsubscribeCandlesMessage message, ImmutableArray<string> market)
    {
        _candles.Remove(message);
        return Reply(message.Interval, market, UnknownAmong(message.Symbols.Remove(SubscribeMessage.Everything), market));
    }

    private bool IsWanted(string symbol) => (_wantsAll && IsOfWholeMarket(symbol)) || _named.Contains(symbol);

    private bool IsAllowed(string symbol)
    {
        // Called for each symbol and connection, so it should not allocate.
        Span<char> buffer = stackalloc char[StackBufferLength];
        return buffer.TryWrite($"{Kind}{symbol}", out var length)
            ? policies.Allows(_actor, _scope, Action, buffer[..length], metadata)
            : policies.Allows(_actor, _scope, Action, $"{Kind}{symbol}", metadata);
    }

    private ConnectionReply Reply(ImmutableArray<string> market, params ErrorMessage?[] errors)
    {
        var view = ViewOf(market);
        return new ConnectionReply([.. errors.OfType<ErrorMessage>(), new SubscribedMessage(view)], view);
    }

    private ConnectionReply Reply(CandleInterval interval, ImmutableArray<string> market, params ErrorMessage?[] errors)
    {
        var view = ViewOf(market);
        var symbols = (view.Candles ?? []).Where(series => series.Interval == interval).Select(series => series.Symbol);
        return new ConnectionReply([.. errors.OfType<ErrorMessage>(), new SubscribedCandlesMessage([.. symbols], interval)], view);
    }

    private static bool IsOfWholeMarket(string symbol) => !SymbolNames.IsOfOneExchange(symbol);

    private static ErrorMessage? UnknownAmong(ImmutableArray<string> named, ImmutableArray<string> market) =>
        Error("unknown_symbol", "There is no", named.Except(market));

    private static ErrorMessage? ForbiddenAmong(IEnumerable<string> symbols) => Error(ErrorMessage.Forbidden, "Not allowed to see", symbols);

    private static ErrorMessage? Error(string code, string words, IEnumerable<string> symbols) =>
        symbols.ToImmutableArray() is { IsEmpty: false } several
            ? new ErrorMessage(code, $"{words} {string.Join(", ", several)}.", several)
            : null;
}
