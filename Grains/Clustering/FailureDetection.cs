using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;

namespace OrleansTicker.Grains.Clustering;

/// <summary>
/// How soon the cluster notices that one of its processes has died, which is most of the time without prices. Orleans' defaults take
/// ten seconds and more.
/// </summary>
internal static class FailureDetection
{
    /// <summary>The section in which operators can override <see cref="ClusterMembershipOptions"/>.</summary>
    private const string MembershipSection = "Orleans:ClusterMembership";

    /// <summary>The section that Orleans binds to its messaging options.</summary>
    private const string MessagingSection = "Orleans:Messaging";

    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);

    /// <summary>Configures a silo that is a member of a cluster. The configuration takes precedence.</summary>
    public static ISiloBuilder UseFastFailureDetection(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = Probe;
            membership.MaxProbeTimeout = Probe;
            membership.NumMissedProbesLimit = 2;
            membership.NumVotesForDeathDeclaration = 2; // With two silos left, one vote is enough: Orleans then requires half of them.
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);

            // A silo that starts after all others have died waits for them to answer until their last sign of life is this old.
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            membership.NumMissedTableIAmAliveLimit = 3;

            // Every silo and gateway keeps rereading the whole table. Rows of dead silos serve only those that do not know yet.
            membership.MaxDefunctSiloEntries = 8;
            membership.DefunctSiloMinimumRetention = TimeSpan.FromMinutes(5);
            membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
            membership.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
        });
        silo.Services.Configure<ClusterMembershipOptions>(silo.Configuration.GetSection(MembershipSection));

        // Probes find machines that are down and processes that hang. A process that has ended can be noticed sooner.
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton<DeathWitness>();
        silo.Configure<SiloConnectionOptions>(DeathWitness.Install);

        // Messages to a dead gateway are kept no longer than this.
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ClientDropTimeout = TimeSpan.FromSeconds(5));
        silo.Services.Configure<SiloMessagingOptions>(silo.Configuration.GetSection(MessagingSection));

        // Its ranges are handed on. With the other directory, the grains that a dead silo had registered end, even on living silos.
#pragma warning disable ORLEANSEXP003 // Experimental, but failovers with it are as fast, and connections stay.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003

        // A lease would delay the grains of a dead silo, in case the silo is still alive. Grains that must be unique prove it in the
        // store instead (epochs and ETags), and prices cannot wait that long.
        silo.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = TimeSpan.Zero);
        return silo;
    }
}
