using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;

namespace OrleansTicker.Grains.Clustering;

/// <summary>
/// How soon the cluster notices that a part of it has died, which is most of how long prices are silent then. Orleans' own figures
/// take ten seconds and more.
/// </summary>
internal static class FailureDetection
{
    /// <summary>The section in which an operator changes the figures of <see cref="ClusterMembershipOptions"/>, by their names.</summary>
    private const string MembershipSection = "Orleans:ClusterMembership";

    /// <summary>The section that Orleans binds to its messaging options.</summary>
    private const string MessagingSection = "Orleans:Messaging";

    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1);

    /// <summary>Sets the figures of a silo that is a member of a cluster. What the configuration says wins.</summary>
    public static ISiloBuilder UseFastFailureDetection(this ISiloBuilder silo)
    {
        silo.Configure<ClusterMembershipOptions>(membership =>
        {
            membership.ProbeTimeout = Probe;
            membership.MaxProbeTimeout = Probe;
            membership.NumMissedProbesLimit = 2;
            membership.NumVotesForDeathDeclaration = 2; // Of two silos that are left, one vote does: Orleans takes half of them.
            membership.TableRefreshTimeout = TimeSpan.FromSeconds(5);

            // A silo that starts after all have died asks the dead ones to let it in, until their last sign of life is so old.
            membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
            membership.NumMissedTableIAmAliveLimit = 3;

            // Every silo and gateway reads the whole table again and again. A row of the dead serves only those that have not heard.
            membership.MaxDefunctSiloEntries = 8;
            membership.DefunctSiloMinimumRetention = TimeSpan.FromMinutes(5);
            membership.DefunctSiloExpiration = TimeSpan.FromHours(1);
            membership.DefunctSiloCleanupPeriod = TimeSpan.FromMinutes(10);
        });
        silo.Services.Configure<ClusterMembershipOptions>(silo.Configuration.GetSection(MembershipSection));

        // Probes find machines that are gone and processes that stand still; a process that is gone can be told sooner.
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.AddSingleton<DeathWitness>();
        silo.Configure<SiloConnectionOptions>(DeathWitness.Watch);

        // What is sent to a dead gateway is kept no longer than this.
        silo.Configure<SiloMessagingOptions>(messaging => messaging.ClientDropTimeout = TimeSpan.FromSeconds(5));
        silo.Services.Configure<SiloMessagingOptions>(silo.Configuration.GetSection(MessagingSection));

        // The directory that is handed on: with the other one, the grains of living silos end that the dead silo had entered.
#pragma warning disable ORLEANSEXP003 // Marked experimental; failovers with it were measured as fast, and connections stay.
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003

        // Its lease keeps the grains of a dead silo from starting elsewhere for a while, lest the silo still lives. Here each grain
        // that must be one alone proves it in the store (epochs and ETags), and a second that is silent is a second too much.
        silo.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = TimeSpan.Zero);
        return silo;
    }
}
