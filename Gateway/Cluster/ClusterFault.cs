using Orleans.Runtime.Messaging;

namespace OrleansTicker.Gateway.Cluster;

/// <summary>The ways in which a call to a grain fails.</summary>
internal static class ClusterFault
{
    /// <summary>
    /// Whether the same call may succeed elsewhere or later: always, unless the grain itself refuses it. The exceptions that grains throw
    /// are known; failures below them, in a silo or its store, may have any type, even one that this process does not have.
    /// </summary>
    public static bool MayPass(Exception exception) => exception is not (InvalidOperationException or ArgumentException) or ObjectDisposedException;

    /// <summary>
    /// Whether the cluster, or the part of it that has the grain, was unreachable: the grain was not called, or it is unknown whether it
    /// was.
    /// </summary>
    public static bool IsUnreachable(Exception exception) => exception
        is TimeoutException
        or OrleansMessageRejectionException // and SiloUnavailableException, which is one
        or ConnectionFailedException
        or ClientNotAvailableException
        or GatewayTooBusyException;
}
