using System.Collections.Immutable;
using OrleansTicker.Grains.Interfaces.Gateways;

namespace OrleansTicker.Tests.Grains.Gateways;

/// <summary>The way to a gateway without sessions.</summary>
internal sealed class SilentObserver : IGatewayObserver
{
    public Task<int> CloseAsync(SessionSelector which, int code, string reason) => Task.FromResult(0);

    public Task<ImmutableArray<SessionEntry>> ListAsync(SessionSelector which, int most) => Task.FromResult(ImmutableArray<SessionEntry>.Empty);
}
