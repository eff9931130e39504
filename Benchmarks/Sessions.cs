using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTicker.Gateway.Channels.Ticker;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Direct;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Gateway.Protocol.Native;
using OrleansTicker.Grains.Interfaces.Connections;

namespace OrleansTicker.Benchmarks;

/// <summary>The sessions of a worker that has no thread of its own: the benchmark runs its rounds.</summary>
/// <param name="feed">The market.</param>
/// <param name="time">The clock.</param>
/// <param name="transport">How frames are sent; by send(2) if null.</param>
internal sealed class Sessions(IMarketFeed feed, TimeProvider time, ISendTransport? transport = null) : ISessionEvents, IViewReviewer, IDisposable
{
    private readonly Views _views = new();
    private readonly StatusFrames _statuses = new();

    public FanoutWorker Worker { get; } = new(0, feed, transport ?? new DirectTransport(), time, TimeSpan.FromSeconds(30), NullLogger.Instance);

    /// <summary>Opens a session.</summary>
    /// <param name="socket">The socket that it writes to.</param>
    /// <param name="symbols">The symbols that it sees, in ordinal order.</param>
    /// <param name="cursor">The client's cursor.</param>
    /// <param name="interval">The least time between two messages; zero for every change.</param>
    public void Open(ISocketWriter socket, ImmutableArray<string> symbols, Cursor cursor, TimeSpan interval = default)
    {
        var slot = Worker.Reserve();
        var market = feed.Newest.Symbols;
        var view = new SessionView(symbols, TimeSpan.Zero, Version: 1);
        var channel = new TickerChannel(_views, _statuses, slot, this, NativeProtocol.Instance, isCompressed: false, view, market, time);
        slot.Start(new Session("c", slot, channel, new Outbox(socket, slot), new SessionLifetime(DateTimeOffset.MaxValue, this), this), cursor);
        if (interval > TimeSpan.Zero)
        {
            channel.Apply(new ViewChange(view with { Interval = interval, Version = 2 }, market, IsReview: true));
        }
    }

    public void Dispose() => Worker.Dispose();

    void ISessionEvents.OnEnded(CloseReason reason)
    {
    }

    void ISessionEvents.OnConnectionFailed()
    {
    }

    void IViewReviewer.Review(TickerChannel channel, MarketState market)
    {
    }
}
