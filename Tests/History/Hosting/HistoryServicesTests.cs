using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OrleansTicker.History;
using OrleansTicker.History.Hosting;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.History.Hosting;

public sealed class HistoryServicesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("sqlite", "elsewhere/candles.db", null)]
    [InlineData("PostgreSql", null, "Host=db;Port=5433;Database=market;Username=silo;Password=secret")]
    [InlineData("None", null, null)]
    public async Task The_configured_store_is_made(string? provider, string? path, string? connectionString)
    {
        using var host = Build(("History:Provider", provider), ("History:Path", path), ("History:ConnectionString", connectionString));

        await using var store = host.Services.GetRequiredService<IHistoryStore>();

        Assert.Equal(
            provider switch
            {
                "PostgreSql" => "db:5433/market",
                "None" => "nowhere",
                _ => _folder[path ?? "data/history.db"],
            },
            store.Location);
    }

    [Fact]
    public async Task A_wrong_setting_stops_the_start()
    {
        using var host = Build(("History:Provider", "Paper"), ("History:KeepDays", "1"));

        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            ["History:Provider is 'Paper'; set it to Sqlite, PostgreSql or None", "History:KeepDays must be between 30.00:00:00 and 36500.00:00:00."],
            exception.Failures);
    }

    private IHost Build(params (string Key, string? Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = _folder.Root });
        foreach (var (key, value) in settings.Where(setting => setting.Value is not null))
        {
            builder.Configuration[key] = value;
        }

        builder.Services.AddHistory(builder.Configuration);
        return builder.Build();
    }
}
