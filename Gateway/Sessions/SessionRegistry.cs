using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// The open sessions of this gateway. Adding and removing cost the same however many there are, and so does finding one by its
/// connection; what else selects sessions walks all of them, which is rare and costs some nanoseconds for each, where an index
/// would cost memory for each. Any thread may call it.
/// </summary>
internal sealed class SessionRegistry
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, LiveSession> _sessions = [];

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_changing)
            {
                return _sessions.Count;
            }
        }
    }

    public void Add(LiveSession session)
    {
        lock (_changing)
        {
            _sessions.Add(session.Session.Id, session);
        }
    }

    public void Remove(LiveSession session)
    {
        lock (_changing)
        {
            _sessions.Remove(session.Session.Id);
        }
    }

    /// <summary>The sessions that are selected, as they are at this moment, in no order.</summary>
    public ImmutableArray<LiveSession> Find(SessionSelector which)
    {
        lock (_changing)
        {
            if (which.ConnectionId is { } id)
            {
                return _sessions.TryGetValue(id, out var session) && IsSelected(session, which) ? [session] : [];
            }

            return [.. _sessions.Values.Where(session => IsSelected(session, which))];
        }
    }

    private static bool IsSelected(LiveSession session, SessionSelector which) =>
        (which.TokenKey is null || which.TokenKey == session.Actor.TokenKey)
        && (which.ActorId is null || which.ActorId == session.Actor.Actor.Id);
}
