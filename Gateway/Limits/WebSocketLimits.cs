using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Telemetry;

namespace OrleansTicker.Gateway.Limits;

/// <summary>
/// Limits the sockets that are open or being opened: WebSockets and event streams, which cost the same. One is counted from the start of its
/// request, before authentication, until the request ends.
/// </summary>
internal sealed class WebSocketLimits(IOptions<LimitOptions> options, RefusalMetrics metrics)
{
    private readonly Headcount<ClientNetwork> _byAddress = new(options.Value.SocketsPerAddress);
    private readonly Headcount<string> _byUser = new(options.Value.SocketsPerUser);
    private int _sockets;
    private int _handshakes;
    private int _detached;

    /// <summary>The sockets that are open or being opened.</summary>
    public int Sockets => Volatile.Read(ref _sockets);

    /// <summary>The sockets that are being opened.</summary>
    public int Handshakes => Volatile.Read(ref _handshakes);

    /// <summary>The open WebSockets that have left the web server.</summary>
    public int Detached => Volatile.Read(ref _detached);

    /// <summary>Passes a request for a socket on, or refuses it.</summary>
    public Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        if (Interlocked.Increment(ref _handshakes) > options.Value.Handshakes)
        {
            Interlocked.Decrement(ref _handshakes);
            return RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "handshakes", "too many handshakes");
        }

        if (Interlocked.Increment(ref _sockets) > options.Value.Sockets)
        {
            Leave(isHandshake: true);
            return RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "sockets", "too many sockets");
        }

        var network = ClientNetwork.Of(context.Connection.RemoteIpAddress);
        if (!_byAddress.TryEnter(network))
        {
            Leave(isHandshake: true);
            return RefuseAsync(context, StatusCodes.Status429TooManyRequests, "sockets of an address", "too many sockets of this address");
        }

        var permit = new WebSocketPermit(this, network);
        context.Features.Set(permit);
        context.Response.RegisterForDispose(permit);
        return next(context);
    }

    /// <summary>Counts an admitted socket for its user; false if the user has reached the limit.</summary>
    public bool TryAdmit(HttpContext context, string actorId)
    {
        var isAdmitted = _byUser.TryEnter(actorId);
        if (isAdmitted)
        {
            context.Features.GetRequiredFeature<WebSocketPermit>().ActorId = actorId;
        }

        return isAdmitted;
    }

    /// <summary>Answers a request for which <see cref="TryAdmit"/> was false.</summary>
    public Task RefuseUserAsync(HttpContext context) =>
        RefuseAsync(context, StatusCodes.Status429TooManyRequests, "sockets of a user", "too many sockets of this user");

    /// <summary>For <see cref="WebSocketPermit"/>: the handshake is over, the socket is open.</summary>
    public void EndHandshake() => Interlocked.Decrement(ref _handshakes);

    /// <summary>For <see cref="WebSocketPermit"/>: the socket has left the web server, or is gone after that.</summary>
    public void CountDetached(int change) => Interlocked.Add(ref _detached, change);

    /// <summary>For <see cref="WebSocketPermit"/>: the socket is gone.</summary>
    public void Leave(ClientNetwork network, string? actorId, bool isHandshake)
    {
        Leave(isHandshake);
        _byAddress.Leave(network);
        if (actorId is not null)
        {
            _byUser.Leave(actorId);
        }
    }

    private void Leave(bool isHandshake)
    {
        Interlocked.Decrement(ref _sockets);
        if (isHandshake)
        {
            EndHandshake();
        }
    }

    private Task RefuseAsync(HttpContext context, int status, string limit, string error)
    {
        metrics.Refused(limit);
        context.Response.Headers.RetryAfter = "5";
        return ErrorResponse.WriteAsync(context, status, error);
    }
}
