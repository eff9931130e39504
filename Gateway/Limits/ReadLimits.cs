using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Telemetry;

namespace OrleansTicker.Gateway.Limits;

/// <summary>How often market data may be requested: by an address, before anybody knows who asks, and by a user.</summary>
internal sealed class ReadLimits(
    IOptions<LimitOptions> options, RefusalMetrics metrics, [FromKeyedServices(AuthenticationLimits.Clock)] TimeProvider time) : IDisposable
{
    private readonly Throttle _byAddress = new(options.Value.ReadsPerMinute, time);
    private readonly Throttle _byUser = new(options.Value.ReadsPerMinutePerUser, time);

    /// <summary>Passes a request on, or answers with 429 if its address has made too many.</summary>
    public async Task AdmitAsync(HttpContext context, RequestDelegate next)
    {
        using var asking = _byAddress.Take(ClientNetwork.Of(context.Connection.RemoteIpAddress));
        if (asking.IsAcquired)
        {
            await next(context);
            return;
        }

        metrics.Refused("reads of an address");
        await TooManyRequests.WriteAsync(context, asking);
    }

    /// <summary>Counts a request for its user. If the user has made too many, answers with 429 and returns false.</summary>
    /// <param name="context">The request.</param>
    /// <param name="actorId">The user.</param>
    public async ValueTask<bool> TryAdmitAsync(HttpContext context, string actorId)
    {
        using var asking = _byUser.Take(actorId);
        if (asking.IsAcquired)
        {
            return true;
        }

        metrics.Refused("reads of a user");
        await TooManyRequests.WriteAsync(context, asking);
        return false;
    }

    public void Dispose()
    {
        _byAddress.Dispose();
        _byUser.Dispose();
    }
}
