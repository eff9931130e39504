using Microsoft.Extensions.Hosting;
using OrleansTicker.Grains.Interfaces.Policies;

namespace OrleansTicker.Grains.Policies;

/// <summary>
/// Has the policies made before anything starts, so that a broken one stops the start. A validator of options would do that
/// as well, and then throw at each later change of the configuration, where the last good policies shall stay.
/// </summary>
internal sealed class PolicyStartCheck : IHostedService
{
    /// <summary>The host makes all its services before it starts the first; asking for the policies is the check.</summary>
    public PolicyStartCheck(IPolicies policies) => _ = policies;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
