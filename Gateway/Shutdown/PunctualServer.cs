using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace OrleansTicker.Gateway.Shutdown;

/// <summary>
/// The web server, which stops in time for the silo to stop as well. By itself it waits as long as the host does for a request of which the client
/// has sent only a part: its time limits for requests no longer apply once it stops.
/// </summary>
internal sealed class PunctualServer(IServer server, GatewayDrain drain, IOptions<ShutdownOptions> options, TimeProvider time) : IServer
{
    public IFeatureCollection Features => server.Features;

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull => server.StartAsync(application, cancellationToken);

    /// <summary>Stops. Requests in progress have as long as sessions have to leave; then they are cut off.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var patience = options.Value.Drain > ShutdownOptions.Farewell ? options.Value.Drain : ShutdownOptions.Farewell;
        var left = drain.Left - (ShutdownOptions.Reserve - ShutdownOptions.Farewell);
        using var deadline = new CancellationTokenSource(left < TimeSpan.Zero ? TimeSpan.Zero : left < patience ? left : patience, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        await server.StopAsync(end.Token);
    }

    public void Dispose() => server.Dispose();
}
