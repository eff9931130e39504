using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Hosting;
using OrleansTicker.History;
using OrleansTicker.Tests.Gateway.Keys;

namespace OrleansTicker.Tests.Grains.Hosting;

public sealed class LocalHistoryNoticeTests
{
    [Theory]
    [InlineData("Sqlite", 1)]
    [InlineData("PostgreSql", 0)]
    [InlineData("None", 0)]
    public async Task A_file_is_warned_of_and_a_server_is_not(string provider, int warnings)
    {
        using var log = new LogRecorder();
        using var loggers = LoggerFactory.Create(builder => builder.AddProvider(log));
        var notice = new LocalHistoryNotice(Options.Create(new HistoryOptions { Provider = provider }), loggers.CreateLogger<LocalHistoryNotice>());

        await notice.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(warnings, log.Lines.Count(line => line.Level == LogLevel.Warning && line.Text.Contains("set History:Provider to PostgreSql", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("localhost:6379", true)]
    public void Only_members_of_a_cluster_are_asked(string? redis, bool isAsked)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { EnvironmentName = "Development" });
        builder.Configuration["Cluster:Redis"] = redis;

        builder.AddTickerSilo();

        Assert.Equal(isAsked, builder.Services.Any(service => service.ImplementationType == typeof(LocalHistoryNotice)));
    }
}
