using Microsoft.Extensions.Hosting;
using OrleansTicker.Grains.Interfaces.Policies;

namespace OrleansTicker.Grains.Policies;

/// <summary>
/// Creates the policies before anything starts, so that an invalid one stops the start. An options validator would also throw at each
/// later change of the configuration, when the last valid policies should remain in force.
/// </summary>
internal sealed class PolicyStartCheck : IHostedService
{
    /// <summary>The host creates all hosted services before it starts the first. Creating the policies validates them.</summary>
    public PolicyStartCheck(IPolicies policies) => _ = policies;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
