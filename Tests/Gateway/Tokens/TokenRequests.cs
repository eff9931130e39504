using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Keys;
using OrleansTicker.Grains.Interfaces.Tokens;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Tokens;

/// <summary>Requests about keys and tokens.</summary>
internal static class TokenRequests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static IApiKeyStore KeysOf(this GatewayHost gateway) => gateway.Services.GetRequiredService<IApiKeyStore>();

    /// <summary>Creates an API key, and a token for it.</summary>
    public static async Task<(long KeyId, string ApiKey, string Token)> EnrolAsync(this GatewayHost gateway, string user, string role = "user")
    {
        var created = await gateway.KeysOf().CreateAsync(new NewApiKey("test", user, role), Stop);
        return (created.Record.Id, created.Key, await gateway.ExchangeAsync(created.Key));
    }

    public static async Task<string> ExchangeAsync(this GatewayHost gateway, string apiKey)
    {
        using var response = await gateway.Http.PostAsJsonAsync("/auth/token", new { api_key = apiKey }, Stop);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("token").GetString()!;
    }

    /// <summary>The status that a token gets from the socket endpoint: 426 for a valid one, since the request asks for no upgrade.</summary>
    public static async Task<HttpStatusCode> TryAsync(this GatewayHost gateway, string token)
    {
        using var response = await gateway.SendAsync(HttpMethod.Get, "/ws/ticker", null, request =>
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}")); // A forged one may be no valid header.
        return response.StatusCode;
    }

    public static Task<HttpResponseMessage> RevokeAsync(this GatewayHost gateway, string? caller, string token) =>
        gateway.PostAsync("/auth/revoke", caller, Form(token));

    public static Task<HttpResponseMessage> PostAsync(
        this GatewayHost gateway, string path, string? caller, HttpContent content, params (string Name, string Value)[] headers) =>
        gateway.SendAsync(HttpMethod.Post, path, caller, request =>
        {
            request.Content = content;
            foreach (var (name, value) in headers)
            {
                request.Headers.Add(name, value);
            }
        });

    public static FormUrlEncodedContent Form(string token) => new([KeyValuePair.Create("token", token), KeyValuePair.Create("token_type_hint", "access_token")]);

    /// <summary>The token with another character at one place.</summary>
    public static string Forge(string token, int at = 0) => $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}";

    public static string KeyOf(this GatewayHost gateway, string token)
    {
        Assert.True(gateway.Services.GetRequiredService<ITokenSigner>().TryVerify(token, out var key));
        return key;
    }
}
