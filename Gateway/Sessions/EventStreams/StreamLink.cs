using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Direct;
using OrleansTicker.Gateway.Delivery.Streams;
using OrleansTicker.Gateway.Delivery.Workers;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Gateway.Protocol.Sse;

namespace OrleansTicker.Gateway.Sessions.EventStreams;

/// <summary>
/// A response that a session is written to, as events. Its client says nothing after the request, and ends it by ending the connection, or
/// over HTTP/2 the stream.
/// </summary>
internal sealed class StreamLink : IClientLink
{
    private readonly HttpContext _context;
    private readonly TickerSessionOptions _options;
    private readonly TimeProvider _time;
    private readonly RequestAborter _aborter;
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Creates the link of a request that has not been answered yet.</summary>
    /// <param name="context">The request.</param>
    /// <param name="options">How long things may take.</param>
    /// <param name="time">The clock.</param>
    public StreamLink(HttpContext context, TickerSessionOptions options, TimeProvider time)
    {
        _context = context;
        _options = options;
        _time = time;
        _aborter = new RequestAborter(context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>());
        Protocol = DirectSocket.Of(context) is null ? SseProtocol.Plain : SseProtocol.Chunked;
    }

    /// <summary>How its events are written: as chunks if they go directly to the socket.</summary>
    public SseProtocol Protocol { get; }

    public bool HasLeft => false;

    public CancellationToken Aborted => _context.RequestAborted;

    public bool IsCompressed => false;

    public int? ClientCode => null;

    public Outbox Outbox
    {
        get => field ?? throw new InvalidOperationException("The stream has not been opened yet.");
        private set;
    }

    public IKeepAlive KeepAlive
    {
        get => field ?? throw new InvalidOperationException("The stream has not been opened yet.");
        private set;
    }

    public Task RefuseAsync(int status, string error) => ErrorResponse.WriteAsync(_context, status, error);

    public async Task OpenAsync(SessionSlot slot, SessionLifetime lifetime)
    {
        // The gateway handles slow readers itself (Sessions:StallTimeout).
        if (_context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        if (DirectSocket.Under(_context) is { } connection)
        {
            KernelBuffer.Limit(connection, _options.SendBuffer / 2);
            KernelTimeout.Set(connection, _options.StallTimeout + _options.KeepAliveTimeout);
        }

        var response = _context.Response;
        StreamHeaders.Set(response, ownChunks: Protocol == SseProtocol.Chunked);
        _context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await response.StartAsync();
        await response.Body.FlushAsync();
        var socket = Protocol == SseProtocol.Chunked ? DirectSocket.Of(_context) : null;
        Outbox = new Outbox(socket is null ? new StreamSocketWriter(response.Body, slot) : new DirectSocketWriter(socket), slot);
        KeepAlive = new StreamKeepAlive(Protocol.Comment, _options.KeepAliveInterval, _time);
        _context.Features.Get<WebSocketPermit>()?.Open();
    }

    public async Task ReadToEndAsync(RegisteredSession registered)
    {
        using var gone = Aborted.Register(() => registered.Session.End(CloseReason.Closed));
        await _closed.Task;
    }

    public Task FinishAsync() => _closed.Task;

    public Task LingerAsync() => Task.CompletedTask; // The web server ends the response, and with it the connection.

    public void OnEnded(CloseReason reason) => _ = CloseAsync(reason);

    public void OnConnectionFailed() => ThreadPool.UnsafeQueueUserWorkItem(static aborter => aborter.Abort(), _aborter, preferLocal: false);

    public void Dispose() => _aborter.Dispose();

    /// <summary>Tells the client why the stream ends. A client that takes nothing is cut off.</summary>
    private async Task CloseAsync(CloseReason reason)
    {
        var isWritten = false;
        try
        {
            isWritten = !reason.IsByClient && await Outbox.CloseAsync(Protocol.WriteClose(reason)).WaitAsync(_options.CloseTimeout, _time);
        }
        catch (TimeoutException)
        {
            // It takes nothing.
        }

        if (!isWritten)
        {
            _aborter.Abort();
        }

        _closed.SetResult();
    }
}
