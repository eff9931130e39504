using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace OrleansTicker.Gateway.Leases;

/// <summary>The ways in which a call to a grain fails because the cluster, or the part of it that has the grain, is out of reach.</summary>
internal static class ClusterFault
{
    /// <summary>Whether it is one: the same call may succeed elsewhere, or later.</summary>
    public static bool IsUnreachable(Exception exception) => exception
        is TimeoutException
        or OrleansMessageRejectionException // and SiloUnavailableException, which is one
        or ConnectionFailedException
        or ClientNotAvailableException
        or GatewayTooBusyException;
}
