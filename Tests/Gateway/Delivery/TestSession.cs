using System.Collections.Immutable;
using OrleansTicker.Gateway.Channels;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Gateway.Protocol.Native;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>A session of the ticker with all its parts, and what it tells. Without a worker whoever calls it is the worker.</summary>
internal sealed class TestSession : ISessionEvents, IViewReviewer, IWorkerSlot
{
    public TestSession(
        ISocketWriter socket,
        ImmutableArray<string> market,
        TimeProvider time,
        IEnumerable<string>? symbols = null,
        FanoutWorker? worker = null,
        Views? views = null,
        TimeSpan? lifetime = null,
        KeepAlive? keepAlive = null,
        IQuoteEncoding? encoding = null,
        string id = "c1")
    {
        Slot = worker?.Reserve();
        IWorkerSlot slot = Slot is { } reserved ? reserved : this;
        var expiresAt = lifetime is { } span ? time.GetUtcNow() + span : DateTimeOffset.MaxValue;
        var ending = new SessionLifetime(expiresAt, this);
        Outbox = new Outbox(socket, slot);
        Channel = new TickerChannel(views ?? new Views(), slot, this, encoding ?? NativeEncoding.Plain, [.. (symbols ?? market).Order(StringComparer.Ordinal)], market, time);
        Session = new Session(id, slot, Channel, Outbox, ending, this, keepAlive);
    }

    public Session Session { get; }

    public TickerChannel Channel { get; }

    public Outbox Outbox { get; }

    /// <summary>The slot at the worker, where there is one.</summary>
    public SessionSlot? Slot { get; }

    /// <summary>Why it has ended, each time that it was told.</summary>
    public List<CloseReason> Endings { get; } = [];

    /// <summary>How often its socket was told to be gone.</summary>
    public int Broken { get; private set; }

    /// <summary>What a test does when the session ends, beside noting it.</summary>
    public Action? OnEnded { get; init; }

    /// <summary>What a test does when the socket is gone, beside noting it.</summary>
    public Action? OnBroken { get; init; }

    /// <summary>What a test does when the view is to be made anew.</summary>
    public Action<ImmutableArray<string>>? OnReview { get; init; }

    /// <summary>Begins at the worker.</summary>
    public TestSession Start()
    {
        Slot!.Start(Session, default);
        return this;
    }

    void ISessionEvents.OnEnded(CloseReason reason)
    {
        lock (Endings)
        {
            Endings.Add(reason);
        }

        OnEnded?.Invoke();
    }

    void ISessionEvents.OnBroken()
    {
        Broken++;
        OnBroken?.Invoke();
    }

    void IViewReviewer.Review(TickerChannel channel, ImmutableArray<string> symbols) => OnReview?.Invoke(symbols);

    void IWorkerSlot.RequestFlush()
    {
    }

    void IWorkerSlot.Run(Action action) => action();
}
