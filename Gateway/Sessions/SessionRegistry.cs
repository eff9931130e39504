using System.Collections.Immutable;
using OrleansTicker.Gateway.Authentication;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Sessions;

/// <summary>
/// The open sessions of this gateway. Adding, removing and finding a session by its connection take constant time. All other selections
/// walk all sessions: they are rare and cost some nanoseconds per session, whereas an index would cost memory for each. Any thread may call
/// it.
/// </summary>
internal sealed class SessionRegistry
{
    private readonly Lock _changing = new();
    private readonly Dictionary<string, RegisteredSession> _sessions = [];
    private readonly Dictionary<long, int> _byApiKey = []; // How many sessions each key has; polled all the time.

    /// <summary>The ids of the API keys that sessions depend on, each once.</summary>
    public ImmutableArray<long> ApiKeys
    {
        get
        {
            lock (_changing)
            {
                return [.. _byApiKey.Keys];
            }
        }
    }

    /// <summary>The number of open sessions.</summary>
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

    public void Add(RegisteredSession session)
    {
        lock (_changing)
        {
            _sessions.Add(session.Session.Id, session);
            Tally(session.Actor.ApiKeyId, 1);
        }
    }

    public void Remove(RegisteredSession session)
    {
        lock (_changing)
        {
            if (_sessions.Remove(session.Session.Id))
            {
                Tally(session.Actor.ApiKeyId, -1);
            }
        }
    }

    /// <summary>Lets a session continue with another token, and end with that one.</summary>
    public void Renew(RegisteredSession session, AuthenticatedActor actor)
    {
        lock (_changing)
        {
            if (_sessions.ContainsKey(session.Session.Id))
            {
                Tally(session.Actor.ApiKeyId, -1);
                Tally(actor.ApiKeyId, 1);
            }

            session.Actor = actor;
        }

        session.Session.Renew(actor.ExpiresAt);
    }

    /// <summary>The sessions that depend on an API key and have not been ended yet.</summary>
    public ImmutableArray<RegisteredSession> FindByApiKey(long id)
    {
        lock (_changing)
        {
            return _byApiKey.ContainsKey(id)
                ? [.. _sessions.Values.Where(session => session.Actor.ApiKeyId == id && session.Session.Reason is null)]
                : [];
        }
    }

    /// <summary>The selected sessions at this moment, in no particular order.</summary>
    public ImmutableArray<RegisteredSession> Find(SessionSelector which)
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

    private void Tally(long? apiKey, int change)
    {
        if (apiKey is { } id && (_byApiKey[id] = _byApiKey.GetValueOrDefault(id) + change) == 0)
        {
            _byApiKey.Remove(id);
        }
    }

    private static bool IsSelected(RegisteredSession session, SessionSelector which) =>
        (which.TokenKey is null || which.TokenKey == session.Actor.TokenKey)
        && (which.ActorId is null || which.ActorId == session.Actor.Actor.Id);
}
