using System.Globalization;
using System.Net;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Api.Status;

public sealed class StatusEndpointTests
{
    [Fact]
    public async Task The_time_is_told_in_each_way_and_never_kept()
    {
        await using var api = await ApiHost.StartAsync([]);

        using var response = await api.SendAsync("/api/v1/time");
        var time = await api.GetAsync("/api/v1/time");

        Assert.True(response.Headers.CacheControl?.NoStore);
        var told = DateTimeOffset.Parse(time.GetProperty("time").GetString()!, CultureInfo.InvariantCulture);
        Assert.Equal(told.ToUnixTimeSeconds(), time.GetProperty("timestamp").GetInt64());
        Assert.Equal(told, DateTimeOffset.UnixEpoch.AddMicroseconds(time.GetProperty("time_us").GetInt64()));
        Assert.InRange(told, TimeProvider.System.GetUtcNow().AddMinutes(-1), TimeProvider.System.GetUtcNow());
    }

    [Fact]
    public async Task Exchanges_are_listed_and_which_of_them_are_away()
    {
        await using var host = await ExchangesHost.StartAsync(ApiHost.Stop);
        host.Exchanges["kraken"].Do(kraken =>
        {
            kraken.Misbehaviour.RefusesWith = 503;
            foreach (var connection in kraken.Open.ToList())
            {
                connection.Drop();
            }
        });
        var token = await host.Gateway.GetTokenAsync();

        await Eventually.TrueAsync(
            async () =>
            {
                using var response = await host.Gateway.SendAsync(HttpMethod.Get, "/api/v1/feeds", token);
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                var text = await response.Content.ReadAsStringAsync(ApiHost.Stop);
                return text.StartsWith("""{"source":"exchanges","feeds":[""", StringComparison.Ordinal)
                    && text.Contains("""{"exchange":"coinbase","state":"live"}""", StringComparison.Ordinal)
                    && text.Contains("""{"exchange":"kraken","state":"away","cause":""", StringComparison.Ordinal);
            },
            "Kraken is away");
    }

    [Fact]
    public async Task Without_exchanges_the_list_of_them_is_empty_and_the_source_is_told()
    {
        await using var api = await ApiHost.StartAsync([]);

        Assert.Equal("""{"source":"simulated","feeds":[]}""", await api.GetTextAsync("/api/v1/feeds"));
    }
}
