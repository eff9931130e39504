using System.Net;
using System.Text;
using OrleansTicker.Tests.Grains.Tokens;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Tokens;

/// <summary>What tests of the gateway's tokens share: a gateway each over one silo, and requests to it.</summary>
public abstract class TokenGatewayTest(TokenSilo silo) : IClassFixture<TokenSilo>, IAsyncLifetime
{
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false });
    private TokenGateway? _gateway;

    internal TemporaryFolder Folder { get; } = new();

    internal TokenGateway Gateway => _gateway!;

    protected TokenSilo Silo { get; } = silo;

    protected HttpClient Client => _client;

    public async ValueTask InitializeAsync()
    {
        _gateway = await TokenGateway.StartAsync(Silo, Folder);
        _client.BaseAddress = _gateway.Address;
    }

    public async ValueTask DisposeAsync()
    {
        Silo.Calls.Before = null;
        Silo.Storage.Fault = null;
        _client.Dispose();
        await _gateway!.DisposeAsync();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static async Task AssertAnswer(HttpResponseMessage response, HttpStatusCode status, string body)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(body, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    protected Task<HttpResponseMessage> PostAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body));

    protected async Task<HttpResponseMessage> PostAsync(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new("application/x-www-form-urlencoded");
        return await _client.PostAsync(new Uri("/auth/token", UriKind.Relative), content, TestContext.Current.CancellationToken);
    }

    protected Task<HttpResponseMessage> PostKeyAsync(string apiKey) => PostAsync($$"""{"api_key":"{{apiKey}}"}""");
}
