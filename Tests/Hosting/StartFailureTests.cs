using System.Globalization;
using OrleansTicker.Gateway.Hosting;
using OrleansTicker.LoadTest.Cluster;

namespace OrleansTicker.Tests.Hosting;

/// <summary>What an operator reads when a program does not start. The real programs run, except for a gateway with only a wrong setting.</summary>
public sealed class StartFailureTests
{
    [Theory]
    [InlineData("Gateway", "The gateway does not start. Ticker:Source is 'Foo'; set it to", "Ticker__Source=Foo")]
    [InlineData("Gateway", "The gateway does not start. No signing key for tokens: set Tokens:Key", "ASPNETCORE_ENVIRONMENT=Production")]
    [InlineData("Gateway", "Set ASPNETCORE_URLS to an address of this machine", "ASPNETCORE_URLS=nonsense")]
    [InlineData("Gateway", "Set ASPNETCORE_URLS to an address of this machine", "ASPNETCORE_URLS=http://192.0.2.1:8081")]
    [InlineData("Silo", "The silo does not start. Redis at 127.0.0.1:1 cannot be reached", "Cluster__Redis=127.0.0.1:1,password=secret")]
    [InlineData("Silo", "The silo does not start. Could not find Clustering provider named 'Foo'", "Orleans__Clustering__ProviderType=Foo")]
    [InlineData("Gateway", "The gateway does not start. Configuration value 'Loud'", "Logging__LogLevel__Default=Loud")]
    [InlineData("Silo", "The silo does not start. No signing key for tokens: set Tokens:Key", "DOTNET_ENVIRONMENT=Production")]
    public async Task A_wrong_setting_stops_the_start_with_a_sentence(string program, string sentence, params string[] settings)
    {
        using var process = ProgramProcess.Start(program, [.. settings.Select(setting => (setting.Split('=', 2)[0], (string?)setting.Split('=', 2)[1]))]);

        await FailsWithAsync(process, sentence);
    }

    [Theory]
    [InlineData("The gateway does not start. Failed to convert configuration value 'soon' at 'Ticker:Interval'", "Ticker:Interval=soon")]
    [InlineData("Sessions:StallTimeout must be between", "Sessions:StallTimeout=00:00:00")]
    [InlineData("Shutdown:Timeout must be at least 7 s longer", "Shutdown:Drain=00:00:24")]
    [InlineData("Leases:Duration must be between", "Leases:Duration=00:02:00")]
    [InlineData("The gateway does not start. Fanout:Transport must be Auto, Uring, Send or Stream, not 'Urign'.", "Fanout:Transport=Urign")]
    [InlineData("Fanout:Transport must be Auto, Uring, Send or Stream, not 'Send,Uring'.", "Fanout:Transport=Send,Uring")]
    [InlineData("Fanout:Transport must be Auto, Uring, Send or Stream, not '9'.", "Fanout:Transport=9")]
    [InlineData("Fanout:Transport must be Auto, Uring, Send or Stream, not ''.", "Fanout:Transport=")]
    [InlineData("Ticker:Simulated:Symbols:BTC-USD is no number", "Ticker:Simulated:Symbols:BTC-USD=100.5x")]
    [InlineData("Cors:Origins is one text; it has to be a list", "Cors:Origins=https://example.org")]
    [InlineData("The gateway does not start. Gateway:Silo is 'Foo'; set it to Embedded or External", "Gateway:Silo=Foo")]
    [InlineData("The gateway does not start. A client of a cluster needs one: set Cluster:Redis", "Gateway:Silo=External")]
    [InlineData("The gateway does not start. Cluster:Redis cannot be read at 'foo'", "Cluster:Redis=127.0.0.1:1,foo=secret")]
    [InlineData("The gateway does not start. Redis at 127.0.0.1:1 cannot be reached", "Cluster:Redis=127.0.0.1:1,password=secret")]
    [InlineData("Set Kestrel:Endpoints and the Certificate in it", "Kestrel:Endpoints:Https:Url=https://127.0.0.1:0", "Kestrel:Endpoints:Https:Certificate:Path=/nowhere.pfx")]
    [InlineData("The gateway does not start. Cluster:MaxClockDifference must be between", "Cluster:MaxClockDifference=02:00:00")]
    [InlineData("The gateway does not start. The audit log cannot be written", "Audit:Folder=/proc/nowhere/audit")]
    [InlineData(
        "The gateway does not start. Keys:ConnectionString is refused: Target Session Attributes",
        "Keys:Provider=PostgreSql",
        "Keys:ConnectionString=Host=db;Password=secret;Target Session Attributes=primary")]
    [InlineData(
        "The gateway does not start. Keys:ConnectionString is refused: a port must be a number",
        "Keys:Provider=PostgreSql",
        "Keys:ConnectionString=Host=127.0.0.1;Port=99999;Password=secret")]
    public async Task A_wrong_setting_of_a_gateway_is_told_in_a_sentence(string sentence, params string[] settings)
    {
        using var folder = new TemporaryFolder();
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        string[] all =
        [
            "--environment=Development",
            $"--contentRoot={AppContext.BaseDirectory}",
            "--urls=http://127.0.0.1:0",
            "--Logging:LogLevel:Default=None",
            $"--Audit:Folder={folder["audit"]}",
            $"--Keys:Path={folder["keys.db"]}",
            .. settings.Select(setting => $"--{setting}"),
        ];

        Assert.Equal(1, await GatewayApplication.RunAsync(all, error).WaitAsync(TickerClient.Patience, TestContext.Current.CancellationToken));

        AssertTells(error.ToString(), sentence);
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
        AssertTells(process.Errors, sentence);
        Assert.DoesNotContain(process.Output, line => line.StartsWith("fail: Microsoft.Extensions.Hosting", StringComparison.Ordinal));
    }

    private static void AssertTells(string errors, string sentence)
    {
        Assert.Contains(sentence, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", errors, StringComparison.Ordinal);
    }
}
