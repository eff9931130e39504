using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Keys.Admin;

/// <summary>A gateway with an administrator, an auditor and a user, each of whom may do something else with API keys.</summary>
public sealed class KeyAdminGateway : IAsyncLifetime
{
    private readonly Dictionary<string, string> _tokens = [];
    private GatewayHost? _host;

    internal GatewayHost Host => _host!;

    internal IApiKeyStore Store => Host.Services.GetRequiredService<IApiKeyStore>();

    /// <summary>The key that neither the auditor may see nor the administrator revoke.</summary>
    internal ApiKeyRecord Hidden { get; private set; } = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        (string, string?)[] settings =
        [
            .. Policy("admin_policy", "Allow", "admin", "apikey.*", "apikey:*"),
            .. Policy("auditor_policy", "Allow", "auditor", "apikey.list", "apikey:*"),
            .. Policy("user_policy", "Allow", "user", "connection.open", "*"),
            .. Policy("hidden_policy", "Deny", "auditor", "*", "apikey:2"),
            .. Policy("kept_policy", "Deny", "admin", "apikey.revoke", "apikey:2"),
            ("Cors:Origins:0", "https://friend.example"),
        ];
        _host = await GatewayHost.StartAsync(settings);
        Hidden = (await Store.CreateAsync(new NewApiKey("hidden", "nobody"), Stop)).Record;
        Assert.Equal(2, Hidden.Id);
        foreach (var role in new[] { "admin", "auditor", "user" })
        {
            var key = await Store.CreateAsync(new NewApiKey(role, $"the-{role}", role), Stop);
            _tokens[role] = JsonDocument.Parse((await ExchangeAsync(key.Key)).Body).RootElement.GetProperty("token").GetString()!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    internal Task<(HttpStatusCode Status, string Body)> ExchangeAsync(string apiKey) =>
        SendAsync(null, HttpMethod.Post, "/auth/token", $$"""{"api_key":"{{apiKey}}"}""");

    internal async Task<(HttpStatusCode Status, string Body)> SendAsync(
        string? role, HttpMethod method, string path, string? body = null, string? origin = null)
    {
        // A browser adds the cookie by itself, so it comes with an origin.
        using var request = new HttpRequestMessage(method, path);
        if (role is not null && origin is not null)
        {
            request.Headers.Add("Cookie", $"x-auth-token={_tokens[role]}");
        }
        else if (role is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens[role]);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        }

        using var response = await Host.Http.SendAsync(request, Stop);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Stop));
    }

    private static IEnumerable<(string, string?)> Policy(string id, string effect, string group, string action, string resource) =>
    [
        ($"Policies:{id}:Effect", effect),
        ($"Policies:{id}:Groups:0", group),
        ($"Policies:{id}:Actions:0", action),
        ($"Policies:{id}:Resources:0", resource),
    ];
}
