using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Connections;

/// <summary>What a client has subscribed to, and the view of the market and the current policies that follows from it.</summary>
/// <param name="policies">Decide what the actor may see.</param>
/// <param name="actor">The client, as recorded in its first token.</param>
/// <param name="scope">The ids of the policies attached to that token.</param>
/// <param name="metadata">What is known of the request that opened its WebSocket.</param>
/// <param name="desired">The subscription to restore; null for all symbols.</param>
internal sealed class Subscription(IPolicies policies, Actor actor, ImmutableArray<string> scope, RequestMetadata? metadata, DesiredSubscription? desired = null)
{
    private const string Action = "symbol.subscribe";
    private const string Kind = "symbol:";
    private const int StackBufferLength = 64;

    private static readonly ImmutableSortedSet<string> Nothing = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private Actor _actor = actor;
    private ImmutableArray<string> _scope = scope;
    private ImmutableSortedSet<string>? _wanted = desired?.Symbols is { } symbols ? Nothing.Union(symbols) : null; // Null for all, including those added later.
    private TimeSpan _interval = desired?.Interval ?? TimeSpan.Zero;
    private long _version = desired?.Version ?? 0;

    /// <summary>The version of the last view.</summary>
    public long Version => _version;

    /// <summary>The view of a market with these symbols.</summary>
    public SessionView ViewOf(ImmutableArray<string> market)
    {
        var symbols = _wanted is null ? market : market.Where(_wanted.Contains);
        return new SessionView([.. symbols.Where(IsAllowed).Order(StringComparer.Ordinal)], _interval, ++_version, _wanted?.ToImmutableArray());
    }

    /// <summary>Continues with another token of the same client, and returns the new view.</summary>
    public SessionView Renew(Actor actor, ImmutableArray<string> scope, ImmutableArray<string> market)
    {
        (_actor, _scope) = (actor, scope);
        return ViewOf(market);
    }

    /// <summary>Adds symbols and sets the interval. The first symbols that a client names replace the subscription to all.</summary>
    public ConnectionReply Subscribe(SubscribeMessage message, ImmutableArray<string> market)
    {
        var named = message.Symbols.Remove(SubscribeMessage.Everything);
        var known = named.Intersect(market).ToLookup(IsAllowed);
        if (named.Length < message.Symbols.Length)
        {
            _wanted = null;
        }
        else if (known[true].Any())
        {
            _wanted = (_wanted ?? Nothing).Union(known[true]);
        }

        _interval = message.Interval ?? _interval;
        return Reply(market, UnknownAmong(named, market), Error(ErrorMessage.Forbidden, "Not allowed to see", known[false]));
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
            _wanted = Nothing;
        }
        else if (_wanted is not null || named.Any(symbol => market.Contains(symbol) && IsAllowed(symbol)))
        {
            _wanted = (_wanted ?? Nothing.Union(market)).Except(named);
        }

        return Reply(market, UnknownAmong(named, market));
    }

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

    private static ErrorMessage? UnknownAmong(ImmutableArray<string> named, ImmutableArray<string> market) =>
        Error("unknown_symbol", "There is no", named.Except(market));

    private static ErrorMessage? Error(string code, string words, IEnumerable<string> symbols) =>
        symbols.ToImmutableArray() is { IsEmpty: false } several
            ? new ErrorMessage(code, $"{words} {string.Join(", ", several)}.", several)
            : null;
}
