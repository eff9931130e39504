using Orleans.Runtime.Messaging;

namespace OrleansTicker.Gateway.Cluster;

/// <summary>The ways in which a call to a grain fails.</summary>
internal static class ClusterFault
{
    /// <summary>
    /// Whether the same call may succeed elsewhere, or later: always, unless the grain itself refuses it. What grains throw is known;
    /// what fails below them, in a silo or its store, comes in any wrapping, also of types that this process does not have.
    /// </summary>
    public static bool MayPass(Exception exception) => exception is not (InvalidOperationException or ArgumentException) or ObjectDisposedException;

    /// <summary>Whether the cluster, or the part of it that has the grain, was out of reach: the grain was not asked, or nobody knows.</summary>
    public static bool IsUnreachable(Exception exception) => exception
        is TimeoutException
        or OrleansMessageRejectionException // and SiloUnavailableException, which is one
        or ConnectionFailedException
        or ClientNotAvailableException
        or GatewayTooBusyException;
}
