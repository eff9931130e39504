using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Audit;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Telemetry;

namespace OrleansTicker.Gateway.Limits;

/// <summary>How often a client may request a token, and fail to authenticate. A client that is refused is told when to retry.</summary>
internal sealed class AuthenticationLimits(IOptions<LimitOptions> options, IAuditLog audit, RefusalMetrics metrics, [FromKeyedServices(AuthenticationLimits.Clock)] TimeProvider time) : IDisposable
{
    /// <summary>The key of the clock's service: tests set it apart from the clock of the prices.</summary>
    public const string Clock = "limits";

    private readonly Throttle _byAddress = new(options.Value.ExchangesPerMinute, time);
    private readonly Throttle _byKey = new(options.Value.ExchangesPerMinutePerKey, time);
    private readonly Throttle _failures = new(options.Value.FailuresPerMinute, time);

    /// <summary>Passes a request to an endpoint with a limit on, or answers it with 429.</summary>
    public async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        using var asking = _byAddress.Take(NetworkOf(context));
        await (asking.IsAcquired ? next(context) : RefuseAsync(context, asking, "requests"));
    }

    /// <summary>Whether the address may still fail and the key may be tried; answers 429 if not.</summary>
    /// <param name="context">The request.</param>
    /// <param name="apiKey">What was presented as a key.</param>
    public async ValueTask<bool> MayTryAsync(HttpContext context, string apiKey)
    {
        using var failing = _failures.Look(NetworkOf(context));
        using var trying = failing.IsAcquired ? _byKey.Take(apiKey) : failing;
        if (trying.IsAcquired)
        {
            return true;
        }

        await RefuseAsync(context, trying, failing.IsAcquired ? "key" : "failures");
        return false;
    }

    /// <summary>Counts a failed authentication. If the address has had too many, answers with 429 and returns false.</summary>
    /// <param name="context">The request.</param>
    /// <param name="why">Why it failed, for the audit log.</param>
    public async ValueTask<bool> TryRecordFailureAsync(HttpContext context, string why)
    {
        using var failing = Fail(context.Connection.RemoteIpAddress, PathOf(context), why);
        if (!failing.IsAcquired)
        {
            await TooManyRequests.WriteAsync(context, failing);
        }

        return failing.IsAcquired;
    }

    /// <summary>Counts a failed authentication on an open WebSocket, where an answer over HTTP is no longer possible.</summary>
    public bool TryRecordFailure(RequestDetails request, string why)
    {
        using var failing = Fail(request.Address, request.Path, why);
        return failing.IsAcquired;
    }

    public void Dispose()
    {
        _byAddress.Dispose();
        _byKey.Dispose();
        _failures.Dispose();
    }

    private static ClientNetwork NetworkOf(HttpContext context) => ClientNetwork.Of(context.Connection.RemoteIpAddress);

    private static string PathOf(HttpContext context) => context.Request.Path.Value ?? "";

    private RateLimitLease Fail(IPAddress? address, string path, string why)
    {
        var failing = _failures.Take(ClientNetwork.Of(address));
        if (failing.IsAcquired)
        {
            audit.Write(AuditEvent.Of(address, "authenticate", path, isAllowed: false, actorId: null, why));
        }
        else
        {
            Count(address, path, failing, "failures");
        }

        return failing;
    }

    private Task RefuseAsync(HttpContext context, RateLimitLease lease, string limit)
    {
        Count(context.Connection.RemoteIpAddress, PathOf(context), lease, limit);
        return TooManyRequests.WriteAsync(context, lease);
    }

    private void Count(IPAddress? address, string path, RateLimitLease lease, string limit)
    {
        metrics.Refused(limit);
        if (lease.TryGetMetadata(SteadyLimiter.First, out var isFirst) && isFirst)
        {
            // The first of a row stands for it: a flood must not push everything else out of the log.
            audit.Write(AuditEvent.Of(address, "authenticate", path, isAllowed: false, actorId: null, $"too many {limit}"));
        }
    }
}
