using System.Diagnostics;

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
        var folder = Directory.CreateTempSubdirectory("orleansticker-");
        var start = BuiltProgram.StartOf(program);
        start.RedirectStandardError = true;
        start.RedirectStandardOutput = true;
        start.Environment["Audit__Folder"] = Path.Combine(folder.FullName, "audit");
        start.Environment["Keys__Path"] = Path.Combine(folder.FullName, "keys.db");
        foreach (var setting in settings)
        {
            start.Environment[setting.Split('=', 2)[0]] = setting.Split('=', 2)[1];
        }

        using var process = Process.Start(start)!;
        try
        {
            using var patience = new CancellationTokenSource(TickerClient.Patience);
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = await process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            await output;

            Assert.Contains(sentence, errors, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
            Assert.DoesNotContain("secret", errors, StringComparison.Ordinal);
            Assert.Equal(1, process.ExitCode);
        }
        finally
        {
            process.Kill();
            folder.Delete(recursive: true);
        }
    }
}
