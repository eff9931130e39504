using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.Tests.Hosting;

/// <summary>What the operator of a program reads that does not start. The programs are run as they are.</summary>
public sealed class StartFailureTests
{
    [Theory]
    [InlineData("Gateway", "The gateway does not start. Ticker:Source is 'Foo'; set it to", "Ticker__Source=Foo")]
    [InlineData("Gateway", "The gateway does not start. Failed to convert configuration value 'soon' at 'Ticker:Interval'", "Ticker__Interval=soon")]
    [InlineData("Gateway", "Sessions:StallTimeout must be between", "Sessions__StallTimeout=00:00:00")]
    [InlineData("Gateway", "Shutdown:Timeout must be at least 7 s longer", "Shutdown__Drain=00:00:24")]
    [InlineData("Gateway", "Leases:Duration must be between", "Leases__Duration=00:02:00")]
    [InlineData("Gateway", "The gateway does not start. No signing key for tokens: set Tokens:Key", "ASPNETCORE_ENVIRONMENT=Production")]
    [InlineData("Gateway", "Ticker:Simulated:Symbols:BTC-USD is no number", "Ticker__Simulated__Symbols__BTC-USD=100.5x")]
    [InlineData("Gateway", "Cors:Origins is one text; it has to be a list", "Cors__Origins=https://example.org")]
    [InlineData("Gateway", "Set ASPNETCORE_URLS to an address of this machine", "ASPNETCORE_URLS=nonsense")]
    [InlineData("Gateway", "Set ASPNETCORE_URLS to an address of this machine", "ASPNETCORE_URLS=http://192.0.2.1:8081")]
    [InlineData("Gateway", "The gateway does not start. Gateway:Silo is 'Foo'; set it to Embedded or External", "Gateway__Silo=Foo")]
    [InlineData("Gateway", "The gateway does not start. A client of a cluster needs one: set Cluster:Redis", "Gateway__Silo=External")]
    [InlineData("Gateway", "The gateway does not start. Cluster:Redis cannot be read at 'foo'", "Cluster__Redis=127.0.0.1:1,foo=secret")]
    [InlineData("Gateway", "The gateway does not start. Redis at 127.0.0.1:1 cannot be reached", "Cluster__Redis=127.0.0.1:1,password=secret")]
    [InlineData("Silo", "The silo does not start. Redis at 127.0.0.1:1 cannot be reached", "Cluster__Redis=127.0.0.1:1,password=secret")]
    [InlineData("Silo", "The silo does not start. Could not find Clustering provider named 'Foo'", "Orleans__Clustering__ProviderType=Foo")]
    [InlineData("Gateway", "The gateway does not start. Configuration value 'Loud'", "Logging__LogLevel__Default=Loud")]
    [InlineData("Gateway", "Set Kestrel:Endpoints and the Certificate in it", "Kestrel__Endpoints__Https__Url=https://127.0.0.1:0", "Kestrel__Endpoints__Https__Certificate__Path=/nowhere.pfx")]
    [InlineData("Gateway", "The gateway does not start. Cluster:MaxClockDifference must be between", "Cluster__MaxClockDifference=02:00:00")]
    [InlineData("Gateway", "The gateway does not start. The audit log cannot be written", "Audit__Folder=/proc/nowhere/audit")]
    [InlineData("Silo", "The silo does not start. No signing key for tokens: set Tokens:Key", "DOTNET_ENVIRONMENT=Production")]
    [InlineData(
        "Gateway",
        "The gateway does not start. Keys:ConnectionString is refused: Target Session Attributes",
        "Keys__Provider=PostgreSql",
        "Keys__ConnectionString=Host=db;Password=secret;Target Session Attributes=primary")]
    [InlineData(
        "Gateway",
        "The gateway does not start. Keys:ConnectionString is refused: a port must be a number",
        "Keys__Provider=PostgreSql",
        "Keys__ConnectionString=Host=127.0.0.1;Port=99999;Password=secret")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence(string program, string sentence, params string[] settings)
    {
        using var process = ProgramProcess.Start(program, [.. settings.Select(setting => (setting.Split('=', 2)[0], (string?)setting.Split('=', 2)[1]))]);

        await FailsWithAsync(process, sentence);
    }

    [Fact]
    public async Task A_port_of_a_silo_that_is_in_use_stops_the_start_with_a_sentence()
    {
        using var redis = new InProcessRedis();
        using var silo = ProgramProcess.Start("Silo", [.. ClusterSettings.Of(redis), ("Orleans:Endpoints:SiloPort", $"{redis.Port}")]);

        await FailsWithAsync(silo, "The silo does not start. The silo cannot listen: Address already in use. Set Orleans:Endpoints:");
    }

    [Fact]
    public async Task A_port_of_an_external_gateway_that_is_in_use_stops_the_start_with_a_sentence()
    {
        using var redis = new InProcessRedis();
        using var silo = ProgramProcess.Start("Silo", ClusterSettings.Of(redis));
        using var gateway = ProgramProcess.Start(
            "Gateway", [.. ClusterSettings.Of(redis), ("Gateway:Silo", "External"), ("ASPNETCORE_URLS", $"http://127.0.0.1:{redis.Port}")]);

        await FailsWithAsync(gateway, "address already in use. Set ASPNETCORE_URLS to an address of this machine whose port is free.");
    }

    [Fact]
    public async Task A_Redis_that_wants_another_password_stops_the_start_with_a_sentence()
    {
        using var redis = RedisProcess.StartOrSkip("--requirepass", "right");
        using var silo = ProgramProcess.Start("Silo", [.. ClusterSettings.Of(redis), ("Cluster:Redis", $"{redis.Address},password=secret")]);

        await FailsWithAsync(silo, $"The silo does not start. Redis at {redis.Address} does not let this program in. Set user= and password= in Cluster:Redis");
    }

    [Fact]
    public async Task A_Redis_that_is_a_replica_stops_the_start_with_a_sentence()
    {
        using var primary = RedisProcess.StartOrSkip();
        using var replica = RedisProcess.StartReplicaOrSkip(primary);
        using var silo = ProgramProcess.Start("Silo", ClusterSettings.Of(replica));

        await FailsWithAsync(silo, $"The silo does not start. Redis at {replica.Address} is a replica, which takes no writes.");
    }

    [Fact]
    public async Task A_gateway_that_is_stopped_while_it_waits_for_a_silo_ends_without_a_word()
    {
        using var redis = new InProcessRedis();
        using var gateway = ProgramProcess.Start("Gateway", [.. ClusterSettings.Of(redis), ("Gateway:Silo", "External")]);
        await gateway.HasSaidAsync("No silo of the cluster takes this gateway yet");

        await gateway.SignalAsync(ProcessSignal.Terminate);

        Assert.Equal(0, await gateway.EndAsync());
        Assert.Equal("", gateway.Errors);
        Assert.DoesNotContain(gateway.Output, line => line.Contains("   at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_silo_that_is_stopped_while_it_waits_for_the_dead_ends_without_a_word()
    {
        using var redis = new InProcessRedis();
        using (var dead = ProgramProcess.Start("Silo", ClusterSettings.Of(redis)))
        {
            await dead.HasSaidAsync("Application started");
        }

        using var silo = ProgramProcess.Start("Silo", ClusterSettings.Of(redis));
        await silo.HasSaidAsync("Failed to get ping responses");
        await silo.SignalAsync(ProcessSignal.Terminate);

        Assert.Equal(0, await silo.EndAsync());
        Assert.Equal("", silo.Errors);
        Assert.DoesNotContain(silo.Output, line => line.Contains("Exception during Silo.Start", StringComparison.Ordinal));
    }

    private static async Task FailsWithAsync(ProgramProcess process, string sentence)
    {
        Assert.Equal(1, await process.EndAsync());
        Assert.Contains(sentence, process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", process.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(process.Output, line => line.StartsWith("fail: Microsoft.Extensions.Hosting", StringComparison.Ordinal));
    }
}
