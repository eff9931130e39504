using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace OrleansTicker.Grains.Clustering;

/// <summary>
/// Declares another silo dead as soon as its process is gone, which the operating system tells at once: connections to it break, and its
/// port refuses new ones. A machine that is gone, or a process that stands still, refuses nothing; those are left to Orleans' probes. So a
/// firewall between silos must drop what it does not let through, and never reject it.
/// </summary>
internal sealed partial class DeathWitness(
    IClusterMembershipService members, ILocalSiloDetails self, TimeProvider time, ILogger<DeathWitness> logger)
{
    /// <summary>How often in a row the port has to refuse: a firewall that is loaded anew may do it for a moment.</summary>
    private const int Refusals = 3;

    /// <summary>A connection that lived shorter was one by which a witness looked.</summary>
    internal static readonly TimeSpan ShortestLife = TimeSpan.FromSeconds(1);

    /// <summary>The time before each try.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(1);

    /// <summary>Lets a witness see all connections between this silo and the others.</summary>
    public static void Watch(SiloConnectionOptions connections)
    {
        connections.ConfigureSiloOutboundConnection(builder => builder.Use(next => connection =>
            WitnessOf(builder).SeeAsync(next(connection), silo => silo.Endpoint.Equals(connection.RemoteEndPoint))));

        // Two silos share a connection, whichever of them has opened it. Who is at its other end is not told.
        connections.ConfigureSiloInboundConnection(builder => builder.Use(next => connection =>
            WitnessOf(builder).SeeAsync(next(connection), _ => true)));
    }

    /// <summary>Finds out whether other silos are gone, after a connection has ended.</summary>
    /// <param name="isMeant">Which of them may have been at its other end.</param>
    public Task LookAsync(Func<SiloAddress, bool> isMeant) => Task.WhenAll(
        members.CurrentSnapshot.Members.Keys.Where(silo => IsActive(silo) && !silo.Equals(self.SiloAddress) && isMeant(silo)).Select(LookAsync));

    private static DeathWitness WitnessOf(IConnectionBuilder builder) => builder.ApplicationServices.GetRequiredService<DeathWitness>();

    private async Task SeeAsync(Task connection, Func<SiloAddress, bool> isMeant)
    {
        var openedAt = time.GetTimestamp();
        try
        {
            await connection;
        }
        finally
        {
            if (time.GetElapsedTime(openedAt) > ShortestLife)
            {
                _ = LookAsync(isMeant);
            }
        }
    }

    private async Task LookAsync(SiloAddress silo)
    {
        try
        {
            for (var refusals = 0; refusals < Refusals; refusals++)
            {
                await Task.Delay(Pause, time);
                if (!IsActive(silo) || !await RefusesAsync(silo.Endpoint))
                {
                    return;
                }
            }

            await members.Refresh(); // One that stops in good order says so before it stops listening.
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
        using var patience = new CancellationTokenSource(LongestTry);
        try
        {
            await socket.ConnectAsync(end, patience.Token);
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
