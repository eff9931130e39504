using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.LoadTest.Exchange;
using OrleansTicker.LoadTest.Exchange.Venues;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.LoadTest.Exchange;

/// <summary>What the tests of all dialects share: a server with a clock of the test's own, and one exchange of it.</summary>
public abstract class DialectTest(string exchange) : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    private ExchangeServer? _server;

    internal FakeTimeProvider Time { get; } = new(Start + TimeSpan.FromMicroseconds(123456));

    internal ExchangeServer Server => _server!;

    internal TestMarket Market => Server.Market;

    internal Venue Venue => Server[exchange];

    public async ValueTask InitializeAsync() =>
        _server = await ExchangeServer.StartNewAsync(new ExchangeServerOptions(), Time, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Server.DisposeAsync();
    }

    internal Task<FeedClient> ConnectAsync(bool compresses = false) => FeedClient.ConnectAsync(Server.FeedUrlOf(exchange), compresses);

    /// <summary>Tells an exchange what to do, over HTTP.</summary>
    internal async Task TellAsync(string what, string to)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri($"http://{Server.Authority}/control/{to}?do={what}"), null, TestContext.Current.CancellationToken)
            .WithinTimeoutAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    internal Task TellAsync(string what) => TellAsync(what, exchange);

    internal async Task<JsonElement> ReadProductsAsync()
    {
        using var http = new HttpClient();
        var json = await http.GetByteArrayAsync(Server.ProductsUrlOf(exchange), TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<JsonElement>(json);
    }

    /// <summary>Asserts that a message has these values, whatever else it has.</summary>
    internal static void AssertHas(string expected, JsonElement message)
    {
        foreach (var property in JsonSerializer.Deserialize<JsonElement>(expected).EnumerateObject())
        {
            Assert.True(message.TryGetProperty(property.Name, out var value), $"No {property.Name} in {message}");
            Assert.Equal(property.Value.GetRawText(), value.GetRawText());
        }
    }
}
