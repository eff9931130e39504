using System.Collections.Immutable;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Gateway.Cluster;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Policies;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// The gateway's end of a session's connection. It knows what the client wants, so that it can join again where the connection
/// was lost with its silo: the socket stays. Calls are repeated after that, which is safe: a ping changes nothing, and to want
/// the same symbols twice is to want them once.
/// </summary>
/// <param name="owner">What all connections of the gateway share.</param>
/// <param name="id">The connection's id.</param>
/// <param name="grain">The connection in the cluster.</param>
/// <param name="actor">Whose it is, by the token that opened it.</param>
/// <param name="metadata">What policies may ask of the request that opened the socket.</param>
internal sealed class Connection(ConnectionFactory owner, string id, IConnectionGrain grain, AuthenticatedActor actor, RequestMetadata metadata)
{
    /// <summary>How long one answer may take.</summary>
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);

    /// <summary>How long a connection may be out of reach before its session is given up: a silo's death takes less.</summary>
    internal static readonly TimeSpan LongestAbsence = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>The pauses between the tries to leave. A connection that can't be told within them has died with its silo.</summary>
    private static readonly TimeSpan[] LeavePauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    /// <summary>What a client wants that has said nothing, which costs no memory for each.</summary>
    private static readonly DesiredSubscription Everything = new(null, TimeSpan.Zero, 1);

    private AuthenticatedActor _actor = actor;
    private DesiredSubscription? _desired;
    private Task? _joining;
    private int _hasLeft;

    /// <summary>Its id.</summary>
    public string Id => id;

    /// <summary>Joins, for a socket that is about to open.</summary>
    /// <exception cref="Exception">The connection cannot be had.</exception>
    public async Task<ConnectionReply> JoinAsync(ImmutableArray<string> market)
    {
        var reply = await RepeatAsync(() => grain.JoinAsync(Request(null), market), LongestAnswer, joinsAgain: false).WaitAsync(LongestAnswer, owner.Time);
        Remember(reply.View);
        return reply;
    }

    /// <summary>Tells it what the client has said.</summary>
    /// <exception cref="Exception">The connection fails, or stays away.</exception>
    public async Task<ConnectionReply> MessageAsync(ClientMessage message, ImmutableArray<string> market)
    {
        var reply = await RepeatAsync(() => grain.MessageAsync(message, market), LongestAbsence, joinsAgain: true);
        Remember(reply.View);
        return reply;
    }

    /// <summary>Asks what the session may see of these symbols.</summary>
    /// <exception cref="Exception">The connection fails, or stays away.</exception>
    public async Task<SessionView> ReviewAsync(ImmutableArray<string> market)
    {
        var view = await RepeatAsync(() => grain.ReviewAsync(market), LongestAbsence, joinsAgain: true);
        Remember(view);
        return view;
    }

    /// <summary>Goes on with another token of the same client.</summary>
    /// <returns>What the session may see with it.</returns>
    /// <exception cref="Exception">The connection fails, or stays away.</exception>
    public async Task<SessionView> RenewAsync(AuthenticatedActor actor, ImmutableArray<string> market)
    {
        Volatile.Write(ref _actor, actor); // Before anything joins again.
        var view = await RepeatAsync(() => grain.RenewAsync(actor.Actor, actor.Scope, market), LongestAbsence, joinsAgain: true);
        Remember(view);
        return view;
    }

    /// <summary>
    /// Joins once more, which does nothing to a connection that is well and makes a lost one anew, wherever there is room. What
    /// the session sees stays as it is.
    /// </summary>
    /// <exception cref="Exception">The connection cannot be had.</exception>
    public async Task JoinAgainAsync()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _joining, mine.Task, null) is { } theirs)
        {
            await theirs; // One at a time: what it has come to, the caller's own call will show.
            return;
        }

        try
        {
            if (Volatile.Read(ref _hasLeft) == 0)
            {
                // The view that comes back is of no market and shown to nobody; the next one has a higher version.
                await grain.JoinAsync(Request(Volatile.Read(ref _desired) ?? Everything), []).WaitAsync(LongestAnswer, owner.Time);
            }
        }
        finally
        {
            Volatile.Write(ref _joining, null);
            mine.SetResult();
        }
    }

    /// <summary>The socket has ended. Never throws.</summary>
    public async Task LeaveAsync()
    {
        Interlocked.Exchange(ref _hasLeft, 1);
        await (Volatile.Read(ref _joining) ?? Task.CompletedTask); // So that nothing joins after this leaves.
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
                    await Task.Delay(Pause, owner.Time); // One that was merely lost is joined again at once.
                }

                mustJoin = joinsAgain;
            }
        }
    }

    private static bool IsLost(Exception exception) => exception is NotJoinedException || ClusterFault.MayPass(exception);

    private JoinRequest Request(DesiredSubscription? desired)
    {
        var actor = Volatile.Read(ref _actor);
        return new(actor.Actor, actor.Scope, actor.ExpiresAt, owner.GatewayId, desired, metadata);
    }

    /// <summary>Keeps what the client wants, unless something later is known.</summary>
    private void Remember(SessionView? view)
    {
        if (view is null || (view.Wanted is null && view.Interval == Everything.Interval && view.Version <= Everything.Version))
        {
            return;
        }

        var desired = new DesiredSubscription(view.Wanted, view.Interval, view.Version);
        for (var known = Volatile.Read(ref _desired); known is null || known.Version < desired.Version; known = Volatile.Read(ref _desired))
        {
            if (Interlocked.CompareExchange(ref _desired, desired, known) == known)
            {
                return;
            }
        }
    }
}
