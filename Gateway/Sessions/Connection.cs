using System.Collections.Immutable;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Policies;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// The gateway's side of a session's connection. It remembers what the client wants, so that it can join again if the connection was lost
/// with its silo, while the WebSocket stays open. Calls are then repeated, which is safe: a ping changes nothing, and subscribing to a
/// symbol twice is the same as once.
/// </summary>
/// <param name="owner">What all connections of the gateway share.</param>
/// <param name="id">The connection's id.</param>
/// <param name="grain">The connection's grain.</param>
/// <param name="actor">The user, by the token that opened the session.</param>
/// <param name="metadata">What policies may need to know about the request that opened the WebSocket.</param>
internal sealed class Connection(ConnectionFactory owner, string id, IConnectionGrain grain, AuthenticatedActor actor, RequestMetadata metadata)
{
    /// <summary>How long one answer may take.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection may be unreachable before its session is given up. Recovery from a silo's death takes less.</summary>
    internal static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The pauses between attempts to leave. A connection that can't be reached within them has died with its silo.</summary>
    private static readonly TimeSpan[] LeavePauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    /// <summary>What a client wants that has not asked for anything. It is shared, so that it costs no memory per client.</summary>
    private static readonly DesiredSubscription Everything = new(null, TimeSpan.Zero, 1);

    private AuthenticatedActor _actor = actor;
    private DesiredSubscription? _desired;
    private Task? _joining;
    private int _hasLeft;

    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>The candles that the client has subscribed to, as far as the connection has answered.</summary>
    public ImmutableArray<CandleSeries> WantedCandles => Volatile.Read(ref _desired)?.Candles ?? [];

    /// <summary>Joins, for a WebSocket that is about to open.</summary>
    /// <param name="market">The market.</param>
    /// <param name="desired">What the client wants from the beginning; null if it has not asked for anything.</param>
    /// <exception cref="Exception">The connection cannot be reached.</exception>
    public async Task<ConnectionReply> JoinAsync(MarketState market, DesiredSubscription? desired = null)
    {
        var symbols = market.SymbolsWith(desired?.Symbols ?? []);
        var reply = await RepeatAsync(() => grain.JoinAsync(Request(desired), symbols), LongestAnswer, joinsAgain: false).WaitAsync(LongestAnswer, owner.Time);
        Remember(reply.View);
        return reply;
    }

    /// <summary>Passes on a message of the client.</summary>
    /// <exception cref="Exception">The connection fails, or stays unreachable.</exception>
    public async Task<ConnectionReply> MessageAsync(ClientMessage message, MarketState market)
    {
        var symbols = message switch
        {
            SubscribeMessage subscribe => SymbolsOf(market, subscribe.Symbols),
            UnsubscribeMessage unsubscribe => SymbolsOf(market, unsubscribe.Symbols),
            SubscribeCandlesMessage subscribe => SymbolsOf(market, subscribe.Symbols),
            UnsubscribeCandlesMessage unsubscribe => SymbolsOf(market, unsubscribe.Symbols),
            _ => [],
        };
        var reply = await RepeatAsync(() => grain.MessageAsync(message, symbols), LongestAbsence, joinsAgain: true);
        Remember(reply.View);
        return reply;
    }

    /// <summary>Asks which of the market's symbols the session may see.</summary>
    /// <exception cref="Exception">The connection fails, or stays unreachable.</exception>
    public async Task<SessionView> ReviewAsync(MarketState market)
    {
        while (true)
        {
            var symbols = SymbolsOf(market, []);
            var view = await RepeatAsync(() => grain.ReviewAsync(symbols), LongestAbsence, joinsAgain: true);
            Remember(view);
            if (symbols.AsSpan().SequenceEqual(SymbolsOf(market, []).AsSpan()))
            {
                return view;
            }

            // The client has named symbols of single exchanges meanwhile, which were not among those of the question.
        }
    }

    /// <summary>Continues with another token of the same user.</summary>
    /// <returns>What the session may see with it.</returns>
    /// <exception cref="Exception">The connection fails, or stays unreachable.</exception>
    public async Task<SessionView> RenewAsync(AuthenticatedActor actor, MarketState market)
    {
        Volatile.Write(ref _actor, actor); // Before another join uses it.
        var symbols = SymbolsOf(market, []); // Nobody else changes what the client wants, since its messages are answered one after the other.
        var view = await RepeatAsync(() => grain.RenewAsync(actor.Actor, actor.Scope, symbols), LongestAbsence, joinsAgain: true);
        Remember(view);
        return view;
    }

    /// <summary>
    /// Joins again. That does nothing to an intact connection, and creates a lost one anew wherever there is room. What the session sees
    /// does not change.
    /// </summary>
    /// <exception cref="Exception">The connection cannot be reached.</exception>
    public async Task JoinAgainAsync()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _joining, mine.Task, null) is { } theirs)
        {
            await theirs; // One join at a time. Whether it succeeded, the caller's next call will show.
            return;
        }

        try
        {
            AuthenticatedActor actor;
            DesiredSubscription? desired;
            do
            {
                if (Volatile.Read(ref _hasLeft) != 0)
                {
                    return;
                }

                // The returned view is of an empty market and is ignored; the next one has a higher version.
                (actor, desired) = (Volatile.Read(ref _actor), Volatile.Read(ref _desired));
                await grain.JoinAsync(Request(desired ?? Everything), []).WaitAsync(LongestAnswer, owner.Time);
            }
            while (Volatile.Read(ref _desired) != desired || Volatile.Read(ref _actor) != actor); // The join may have come after what was changed meanwhile.
        }
        finally
        {
            Volatile.Write(ref _joining, null);
            mine.SetResult();
        }
    }

    /// <summary>Leaves the cluster after the WebSocket has closed. It never throws.</summary>
    public async Task LeaveAsync()
    {
        Interlocked.Exchange(ref _hasLeft, 1);
        await (Volatile.Read(ref _joining) ?? Task.CompletedTask); // So that no join comes after this.
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await grain.LeaveAsync().WaitAsync(LongestAnswer, owner.Time);
                return;
            }
            catch (Exception e) when (attempt < LeavePauses.Length)
            {
                owner.LogLeaveFailed(id, e.Message);
                await Task.Delay(LeavePauses[attempt], owner.Time, CancellationToken.None);
            }
            catch (Exception e)
            {
                owner.LogNotLeft(e, id);
                return;
            }
        }
    }

    private async Task<T> RepeatAsync<T>(Func<Task<T>> call, TimeSpan patience, bool joinsAgain)
    {
        var since = owner.Time.GetTimestamp();
        var mustJoin = false;
        while (true)
        {
            ObjectDisposedException.ThrowIf(Volatile.Read(ref _hasLeft) != 0, this);
            try
            {
                if (mustJoin)
                {
                    await JoinAgainAsync();
                }

                return await call().WaitAsync(LongestAnswer, owner.Time);
            }
            catch (Exception e) when (IsLost(e) && owner.Time.GetElapsedTime(since) < patience)
            {
                owner.LogLost(id, e.Message);
                if (e is not NotJoinedException || mustJoin)
                {
                    await Task.Delay(Pause, owner.Time); // A connection that was merely lost is joined again at once.
                }

                mustJoin = joinsAgain;
            }
        }
    }

    /// <summary>What the connection needs to know of the market: of single exchanges only the symbols that the client wants or names.</summary>
    private ImmutableArray<string> SymbolsOf(MarketState market, ImmutableArray<string> named)
    {
        var desired = Volatile.Read(ref _desired);
        return market.SymbolsWith([.. desired?.Symbols ?? [], .. (desired?.Candles ?? []).Select(series => series.Symbol), .. named]);
    }

    private static bool IsLost(Exception exception) => exception is NotJoinedException || ClusterFault.MayPass(exception);

    private JoinRequest Request(DesiredSubscription? desired)
    {
        var actor = Volatile.Read(ref _actor);
        return new(actor.Actor, actor.Scope, actor.ExpiresAt, owner.GatewayId, desired, metadata);
    }

    /// <summary>Keeps what the client wants, unless a later version is known.</summary>
    private void Remember(SessionView? view)
    {
        if (view is null)
        {
            return;
        }

        var desired = new DesiredSubscription(view.Wanted, view.Interval, view.Version, view.Detail, view.WantsStatus, view.WantedCandles);
        if (desired == Everything)
        {
            return;
        }

        for (var known = Volatile.Read(ref _desired); known is null || known.Version < desired.Version; known = Volatile.Read(ref _desired))
        {
            if (Interlocked.CompareExchange(ref _desired, desired, known) == known)
            {
                return;
            }
        }
    }
}
