using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Grains.Connections;

/// <summary>What one client wants to see, held against what there is and what the policies let it see at the moment of asking.</summary>
/// <param name="policies">What the actor may see.</param>
/// <param name="actor">The client, as its first token knows it.</param>
/// <param name="scope">The ids of the policies attached to that token.</param>
/// <param name="metadata">What is known of the request that opened its socket.</param>
/// <param name="desired">What it wants to begin with; null for all.</param>
internal sealed class Subscription(IPolicies policies, Actor actor, ImmutableArray<string> scope, RequestMetadata? metadata, DesiredSubscription? desired = null)
{
    private const string Action = "symbol.subscribe";
    private const string Kind = "symbol:";
    private const int LongestOnStack = 64;

    private static readonly ImmutableSortedSet<string> Nothing = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    private Actor _actor = actor;
    private ImmutableArray<string> _scope = scope;
    private ImmutableSortedSet<string>? _wanted = desired?.Symbols is { } symbols ? Nothing.Union(symbols) : null; // Null: all, those to come included.
    private TimeSpan _interval = desired?.Interval ?? TimeSpan.Zero;
    private long _version = desired?.Version ?? 0;

    /// <summary>The version of the last view.</summary>
    public long Version => _version;

    /// <summary>The view that follows from these symbols.</summary>
    public SessionView ViewOf(ImmutableArray<string> market)
    {
        var symbols = _wanted is null ? market : market.Where(_wanted.Contains);
        return new SessionView([.. symbols.Where(IsAllowed).Order(StringComparer.Ordinal)], _interval, ++_version, _wanted?.ToImmutableArray());
    }

    /// <summary>Goes on with another token of the same client: the view that this lets it have.</summary>
    public SessionView Renew(Actor actor, ImmutableArray<string> scope, ImmutableArray<string> market)
    {
        (_actor, _scope) = (actor, scope);
        return ViewOf(market);
    }

    /// <summary>Adds symbols and sets the interval. The first symbols that a client names take the place of all.</summary>
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
    /// Takes symbols away. Where all were wanted, those that are left are named from then on; but what names nothing that the client sees
    /// changes nothing, and all stay wanted, those to come included.
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
        // Asked for each symbol of the market and each connection: no text is made for it.
        Span<char> room = stackalloc char[LongestOnStack];
        return room.TryWrite($"{Kind}{symbol}", out var length)
            ? policies.Allows(_actor, _scope, Action, room[..length], metadata)
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
