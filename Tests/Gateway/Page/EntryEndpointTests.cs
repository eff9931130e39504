using System.Security.Cryptography;
using System.Text.Json;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Page;

/// <summary>What the page is told for those who have no API key yet.</summary>
public sealed class EntryEndpointTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task In_development_the_page_is_told_where_the_demo_key_is_but_not_the_key()
    {
        await using var gateway = await GatewayHost.StartAsync();

        using var response = await gateway.Http.GetAsync("/entry.json", Stop);
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Stop));

        var field = Assert.Single(answer.RootElement.EnumerateObject());
        Assert.Equal("demo_key_file", field.Name);
        Assert.True(Path.IsPathFullyQualified(field.Value.GetString()!));
        Assert.Equal(gateway.DemoApiKey, (await File.ReadAllTextAsync(field.Value.GetString()!, Stop)).Trim());
        Assert.True(response.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task Elsewhere_the_page_is_told_nothing()
    {
        await using var gateway = await GatewayHost.StartAsync(
            ("environment", "Production"), ("Tokens:Key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));

        Assert.Equal("{}", await gateway.Http.GetStringAsync("/entry.json", Stop));
    }
}
