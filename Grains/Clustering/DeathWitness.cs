using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace OrleansTicker.Grains.Clustering;

/// <summary>
/// Declares another silo dead as soon as its process has ended: its connections break and its port refuses new ones. A machine that is
/// down or a process that hangs refuses nothing; those are left to Orleans' probes. Firewalls between silos must therefore drop packets and
/// never reject them.
/// </summary>
internal sealed partial class DeathWitness(
    IClusterMembershipService members, ILocalSiloDetails self, TimeProvider time, ILogger<DeathWitness> logger)
{
    /// <summary>How often in a row the port must refuse. A firewall that is being reloaded may refuse for a moment.</summary>
    private const int RefusalsNeeded = 3;

    /// <summary>Shorter connections are ignored: they are the attempts of a witness.</summary>
    internal static readonly TimeSpan MinConnectionLifetime = TimeSpan.FromSeconds(1);

    /// <summary>The delay before each attempt.</summary>
    private static readonly TimeSpan AttemptDelay = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Watches all connections between this silo and the others.</summary>
    public static void Install(SiloConnectionOptions connections)
    {
        connections.ConfigureSiloOutboundConnection(builder => builder.Use(next => connection =>
            WitnessOf(builder).WatchAsync(next(connection), silo => silo.Endpoint.Equals(connection.RemoteEndPoint))));

        // Two silos share one connection, whichever of them opened it. An inbound connection does not tell which silo opened it.
        connections.ConfigureSiloInboundConnection(builder => builder.Use(next => connection =>
            WitnessOf(builder).WatchAsync(next(connection), _ => true)));
    }

    /// <summary>Checks whether silos are gone, after a connection has ended.</summary>
    /// <param name="mayBePeer">Which silos may have been at its other end.</param>
    public Task CheckAsync(Func<SiloAddress, bool> mayBePeer) => Task.WhenAll(
        members.CurrentSnapshot.Members.Keys.Where(silo => IsActive(silo) && !silo.Equals(self.SiloAddress) && mayBePeer(silo)).Select(CheckAsync));

    private static DeathWitness WitnessOf(IConnectionBuilder builder) => builder.ApplicationServices.GetRequiredService<DeathWitness>();

    private async Task WatchAsync(Task connection, Func<SiloAddress, bool> mayBePeer)
    {
        var openedAt = time.GetTimestamp();
        try
        {
            await connection;
        }
        finally
        {
            if (time.GetElapsedTime(openedAt) > MinConnectionLifetime)
            {
                _ = CheckAsync(mayBePeer);
            }
        }
    }

    private async Task CheckAsync(SiloAddress silo)
    {
        try
        {
            for (var refusals = 0; refusals < RefusalsNeeded; refusals++)
            {
                await Task.Delay(AttemptDelay, time);
                if (!IsActive(silo) || !await RefusesAsync(silo.Endpoint))
                {
                    return;
                }
            }

            await members.Refresh(); // A silo that shuts down normally says so before it stops listening.
            if (IsActive(silo))
            {
                LogGone(silo);
                await members.TryKill(silo);
            }
        }
        catch (Exception e)
        {
            LogNotDeclared(e, silo);
        }
    }

    private bool IsActive(SiloAddress silo) => members.CurrentSnapshot.GetSiloStatus(silo) == SiloStatus.Active;

    private static async Task<bool> RefusesAsync(IPEndPoint end)
    {
        using var socket = new Socket(end.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        using var timeout = new CancellationTokenSource(ConnectTimeout);
        try
        {
            await socket.ConnectAsync(end, timeout.Token);
            return false;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionRefused;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(1236, LogLevel.Warning, "The process of silo {Silo} is gone: its port refuses connections")]
    private partial void LogGone(SiloAddress silo);

    [LoggerMessage(1237, LogLevel.Warning, "Silo {Silo} may be gone, and could not be declared dead; the cluster's probes will find out")]
    private partial void LogNotDeclared(Exception exception, SiloAddress silo);
}
