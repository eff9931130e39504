using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansTicker.Grains.Clustering;
using OrleansTicker.Tests.Hosting;
using ClusterSettings = OrleansTicker.Tests.Hosting.ClusterSettings;

namespace OrleansTicker.Tests.Grains.Clustering;

/// <summary>How a silo whose process is gone is found out.</summary>
public sealed class DeathWitnessTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_silo_that_was_killed_is_dead_long_before_a_probe_could_tell(bool isYounger)
    {
        // The younger of two opens the connection between them.
        using var redis = new InProcessRedis();
        var settings = ClusterSettings.Of(redis, ("Orleans:ClusterMembership:ProbeTimeout", "00:10:00"), ("Orleans:ClusterMembership:MaxProbeTimeout", "00:10:00"));
        var elder = isYounger ? null : await SiloProcess.StartAsync(settings);
        await using var silo = await SiloHost.StartAsync(settings);
        using var other = elder ?? await SiloProcess.StartAsync(settings);
        var cluster = silo.Grains.GetGrain<IManagementGrain>(0);
        await Eventually.TrueAsync(async () => (await ActiveAsync()).Count == 2, "both are members");
        await cluster.GetRuntimeStatistics([.. (await ActiveAsync()).Keys], Stop);
        await Task.Delay(DeathWitness.MinConnectionLifetime, TimeProvider.System, Stop);

        other.Kill();

        await Eventually.TrueAsync(async () => (await ActiveAsync()).Count == 1, "the one that was killed is declared dead");

        Task<Dictionary<SiloAddress, SiloStatus>> ActiveAsync() => cluster.GetHosts(onlyActive: true, Stop);
    }

    [Theory]
    [InlineData(SiloStatus.Active, false, true)]
    [InlineData(SiloStatus.Active, true, false)]
    [InlineData(SiloStatus.ShuttingDown, false, false)]
    public async Task Dead_is_whose_port_refuses_and_who_has_not_said_that_it_stops(SiloStatus status, bool isListening, bool isDead)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        if (isListening)
        {
            listener.Listen();
        }

        var members = new ScriptedMembers(((IPEndPoint)listener.LocalEndPoint!).Port, status);

        await LookAsync(members);

        Assert.Equal(isDead ? [members.Silo] : [], members.Killed);
    }

    [Fact]
    public async Task One_that_stops_in_good_order_may_say_so_in_the_last_moment()
    {
        var members = new ScriptedMembers(FreePort.Find(), SiloStatus.Active);
        members.Refreshing = () => members.Status = SiloStatus.Stopping;

        await LookAsync(members);

        Assert.Empty(members.Killed);
    }

    [Fact]
    public async Task A_table_out_of_reach_leaves_it_to_the_probes()
    {
        var members = new ScriptedMembers(FreePort.Find(), SiloStatus.Active) { Refreshing = () => throw new TimeoutException() };

        await LookAsync(members);

        Assert.Empty(members.Killed);
    }

    private static Task LookAsync(ScriptedMembers members) =>
        new DeathWitness(members, members, TimeProvider.System, NullLogger<DeathWitness>.Instance).CheckAsync(_ => true);

    private sealed class ScriptedMembers(int port, SiloStatus status) : IClusterMembershipService, ILocalSiloDetails
    {
        public SiloAddress Silo { get; } = SiloAddress.New(IPAddress.Loopback, port, 1);

        public SiloAddress SiloAddress { get; } = SiloAddress.New(IPAddress.Loopback, 1, 1);

        public SiloAddress GatewayAddress => SiloAddress;

        public string Name => "self";

        public string ClusterId => "cluster";

        public string DnsHostName => "localhost";

        public SiloStatus Status { get; set; } = status;

        public Action? Refreshing { get; set; }

        public List<SiloAddress> Killed { get; } = [];

        public ClusterMembershipSnapshot CurrentSnapshot =>
            new(
                ImmutableDictionary<SiloAddress, ClusterMember>.Empty
                    .Add(Silo, new ClusterMember(Silo, Status, "other"))
                    .Add(SiloAddress, new ClusterMember(SiloAddress, SiloStatus.Active, Name)),
                new MembershipVersion(1));

        public IAsyncEnumerable<ClusterMembershipSnapshot> MembershipUpdates => throw new NotSupportedException();

        public ValueTask Refresh(MembershipVersion minimumVersion = default, CancellationToken cancellationToken = default)
        {
            Refreshing?.Invoke();
            return ValueTask.CompletedTask;
        }

        public Task<bool> TryKill(SiloAddress siloAddress)
        {
            Killed.Add(siloAddress);
            return Task.FromResult(true);
        }
    }
}
