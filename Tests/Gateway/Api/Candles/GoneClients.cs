using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace OrleansTicker.Tests.Gateway.Api.Candles;

/// <summary>Tells when a gateway has noticed that a client has gone away.</summary>
internal sealed class GoneClients : IStartupFilter
{
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once the first one has gone, after everybody who has registered later has been told.</summary>
    public Task First => _first.Task;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(async (context, handle) =>
        {
            await using var registration = context.RequestAborted.Register(() => _first.TrySetResult());
            try
            {
                await handle(context);
            }
            finally
            {
                if (context.RequestAborted.IsCancellationRequested)
                {
                    _first.TrySetResult(); // A request that ends at once may end its registration before that is called.
                }
            }
        });
        next(app);
    };
}
