using System.Collections.Immutable;
using System.Net;
using OrleansTicker.Gateway.Channels;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Gateway.Protocol.Native;
using OrleansTicker.Gateway.Sessions;
using OrleansTicker.Grains.Interfaces.Connections;
using OrleansTicker.Grains.Interfaces.Policies;
using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Delivery;

/// <summary>A session of the ticker with all its parts, each made when it is first used. Without a worker, the test is the worker.</summary>
internal sealed class TestSession(ISocketWriter socket, ImmutableArray<string> market, TimeProvider time) : ISessionEvents, IViewReviewer, IWorkerSlot
{
    public string Id { get; init; } = "c1";

    /// <summary>The symbols of its view; all of the market where none are given.</summary>
    public IEnumerable<string>? Symbols { get; init; }

    public FanoutWorker? Worker { get; init; }

    public Views Views { get; init; } = new();

    public StatusFrames Statuses { get; init; } = new();

    /// <summary>The client's language.</summary>
    public IWireProtocol Protocol { get; init; } = NativeProtocol.Instance;

    /// <summary>How much of each quote its first view shows.</summary>
    public DetailLevel Detail { get; init; }

    /// <summary>Whether its client is told which exchanges come and go.</summary>
    public bool WantsStatus { get; init; }

    /// <summary>How long its token is valid; null for ever.</summary>
    public TimeSpan? Lifetime { get; init; }

    public KeepAlive? KeepAlive { get; init; }

    /// <summary>What it is sent between prices.</summary>
    public ISideChannel? Side { get; init; }

    public Session Session => field ??= new Session(Id, WorkerSlot, Channel, Outbox, new SessionLifetime(ExpiresAt, this), this, KeepAlive, Side);

    public TickerChannel Channel => field ??= new TickerChannel(
        Views, Statuses, WorkerSlot, this, Protocol, isCompressed: false, FirstView, market, time);

    public Outbox Outbox => field ??= new Outbox(socket, WorkerSlot);

    /// <summary>The slot at the worker, where there is one.</summary>
    public SessionSlot? Slot => field ??= Worker?.Reserve();

    /// <summary>The reason of each call that told of its end.</summary>
    public List<CloseReason> Endings { get; } = [];

    /// <summary>How often it was told that the socket is gone.</summary>
    public int Broken { get; private set; }

    /// <summary>What a test does when the session ends, besides noting it.</summary>
    public Action? OnEnded { get; init; }

    /// <summary>What a test does when the socket is gone, besides noting it.</summary>
    public Action? OnBroken { get; init; }

    /// <summary>What a test does when the view is to be reviewed.</summary>
    public Action<ImmutableArray<string>>? OnReview { get; init; }

    private SessionView FirstView => new(
        [.. (Symbols ?? market).Order(StringComparer.Ordinal)], TimeSpan.Zero, Version: 0, Detail: Detail, WantsStatus: WantsStatus);

    private IWorkerSlot WorkerSlot => Slot is { } slot ? slot : this;

    private DateTimeOffset ExpiresAt => Lifetime is { } lifetime ? time.GetUtcNow() + lifetime : DateTimeOffset.MaxValue;

    /// <summary>Starts it at the worker.</summary>
    public TestSession Start()
    {
        Slot!.Start(Session, default);
        return this;
    }

    /// <summary>Enters it in a registry, as a session of the demo user.</summary>
    public RegisteredSession Register(SessionRegistry sessions, Connection? connection = null, IPAddress? address = null)
    {
        var request = new SessionRequest(DemoActor.Instance, new RequestDetails(address, SessionEndpoint.Path, RequestMetadata.None), default, null);
        var start = new SessionStart(request, NativeProtocol.Instance, null!, connection!, null!, market);
        var registered = new RegisteredSession(Session, Channel, null, start, time.GetUtcNow());
        sessions.Add(registered);
        return registered;
    }

    void ISessionEvents.OnEnded(CloseReason reason)
    {
        lock (Endings)
        {
            Endings.Add(reason);
        }

        OnEnded?.Invoke();
    }

    void ISessionEvents.OnConnectionFailed()
    {
        Broken++;
        OnBroken?.Invoke();
    }

    void IViewReviewer.Review(TickerChannel channel, MarketState market) => OnReview?.Invoke(market.Symbols);

    void IWorkerSlot.RequestFlush()
    {
    }

    void IWorkerSlot.Run(Action action) => action();
}
