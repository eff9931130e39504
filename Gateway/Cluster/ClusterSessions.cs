using System.Collections.Immutable;
using OrleansTicker.Gateway.Protocol;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Gateway.Cluster;

/// <summary>The open sessions of all gateways of the cluster. A gateway that does not answer in time is reported as unreachable.</summary>
internal sealed class ClusterSessions(IGrainFactory grains, TimeProvider time)
{
    /// <summary>How long the registry, and then all gateways together, may take to answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Lists sessions, the oldest first.</summary>
    /// <param name="which">Which sessions.</param>
    /// <param name="most">The largest number to list.</param>
    /// <exception cref="TimeoutException">The cluster does not answer.</exception>
    public async Task<(ImmutableArray<SessionEntry> Sessions, ImmutableArray<string> Unreachable)> ListAsync(SessionSelector which, int most)
    {
        var (answers, unreachable) = await AskAllAsync(gateway => gateway.ListAsync(which, most));
        return ([.. answers.SelectMany(sessions => sessions).OrderBy(session => session.OpenedAt).Take(most)], unreachable);
    }

    /// <summary>Closes sessions.</summary>
    /// <param name="which">Which sessions.</param>
    /// <param name="reason">Why.</param>
    /// <returns>How many were closed, and the gateways that did not answer and may have more.</returns>
    /// <exception cref="TimeoutException">The cluster does not answer.</exception>
    public async Task<(int Closed, ImmutableArray<string> Unreachable)> CloseAsync(SessionSelector which, CloseReason reason)
    {
        var (answers, unreachable) = await AskAllAsync(gateway => gateway.CloseAsync(which, reason.Code, reason.Text));
        return (answers.Sum(), unreachable);
    }

    private async Task<(ImmutableArray<T> Answers, ImmutableArray<string> Unreachable)> AskAllAsync<T>(Func<IGatewayObserver, Task<T>> ask)
    {
        var gateways = await grains.GetGrain<IGatewayRegistryGrain>(IGatewayRegistryGrain.Key).ListAsync().WaitAsync(Patience, time);
        var asked = gateways.Select(async gateway =>
        {
            try
            {
                return (gateway.Id, Answer: await ask(gateway.Observer).WaitAsync(Patience, time), IsAnswered: true);
            }
            catch (Exception)
            {
                // It may have just died. Whatever the failure, the caller learns that this gateway did not answer.
                return (gateway.Id, Answer: default(T)!, IsAnswered: false);
            }
        });
        var answers = await Task.WhenAll(asked);
        return (
            [.. answers.Where(answer => answer.IsAnswered).Select(answer => answer.Answer)],
            [.. answers.Where(answer => !answer.IsAnswered).Select(answer => answer.Id)]);
    }
}
