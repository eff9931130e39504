using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Http;

namespace OrleansTicker.Gateway.Limits;

/// <summary>
/// How many sockets there may be, and how many may be opening. A socket is counted from its request on, before anybody is asked who
/// it belongs to, until its request ends.
/// </summary>
internal sealed class SocketLimits(IOptions<LimitOptions> options, RefusalMetrics metrics)
{
    private readonly Headcount<ClientNetwork> _byAddress = new(options.Value.SocketsPerAddress);
    private readonly Headcount<string> _byUser = new(options.Value.SocketsPerUser);
    private int _sockets;
    private int _handshakes;

    /// <summary>Sockets that are open or open just now.</summary>
    public int Sockets => Volatile.Read(ref _sockets);

    /// <summary>Sockets that open just now.</summary>
    public int Handshakes => Volatile.Read(ref _handshakes);

    /// <summary>Lets a request for a socket on, or answers it.</summary>
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

        var permit = new SocketPermit(this, network);
        context.Features.Set(permit);
        context.Response.RegisterForDispose(permit);
        return next(context);
    }

    /// <summary>Counts an admitted socket for its user; false where the user has as many as there may be.</summary>
    public bool TryAdmit(HttpContext context, string actorId)
    {
        var isAdmitted = _byUser.TryEnter(actorId);
        if (isAdmitted)
        {
            context.Features.GetRequiredFeature<SocketPermit>().ActorId = actorId;
        }

        return isAdmitted;
    }

    /// <summary>Answers a request for which <see cref="TryAdmit"/> was false.</summary>
    public Task RefuseUserAsync(HttpContext context) =>
        RefuseAsync(context, StatusCodes.Status429TooManyRequests, "sockets of a user", "too many sockets of this user");

    /// <summary>For <see cref="SocketPermit"/>: the handshake is over, the socket is open.</summary>
    public void EndHandshake() => Interlocked.Decrement(ref _handshakes);

    /// <summary>For <see cref="SocketPermit"/>: the socket is gone.</summary>
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
