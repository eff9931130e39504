using OrleansTicker.Gateway.Protocol;

namespace OrleansTicker.Gateway.Delivery;

/// <summary>How long a session may live, and why it has ended. Any thread may call it.</summary>
/// <param name="expiresAt">When the token that opened the session expires.</param>
/// <param name="events">Is notified when the session ends.</param>
internal sealed class SessionLifetime(DateTimeOffset expiresAt, ISessionEvents events)
{
    private long _expiresAt = expiresAt.UtcTicks;
    private CloseReason? _reason;

    /// <summary>When its token expires.</summary>
    public DateTimeOffset ExpiresAt
    {
        get => new(Interlocked.Read(ref _expiresAt), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _expiresAt, value.UtcTicks);
    }

    /// <summary>Why it has ended; null while it is open.</summary>
    public CloseReason? Reason => Volatile.Read(ref _reason);

    /// <summary>Whether it has ended.</summary>
    public bool HasEnded => Reason is not null;

    /// <summary>Ends the session. If it is ended more than once, the first reason stays.</summary>
    public void End(CloseReason reason)
    {
        if (Interlocked.CompareExchange(ref _reason, reason, null) is null)
        {
            events.OnEnded(reason);
        }
    }
}
