using System.Net.Http.Json;
using System.Text.Json;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>Exchanges an API key for a token.</summary>
internal sealed class TokenExchange : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };

    /// <exception cref="TokenRefusedException">The gateway issued no token, or there is no gateway.</exception>
    public async Task<ClientToken> ExchangeAsync(Uri gateway, string apiKey, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.PostAsJsonAsync(new Uri(gateway, "/auth/token"), new Dictionary<string, string> { ["api_key"] = apiKey }, cancellationToken);
            var body = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
            return response.IsSuccessStatusCode
                ? new ClientToken(body.GetProperty("token").GetString()!, TimeSpan.FromSeconds(body.GetProperty("expires_in").GetInt64()))
                : throw new TokenRefusedException((int)response.StatusCode, $"{gateway} gives no token: {(int)response.StatusCode} {ErrorOf(body)}");
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException
            || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new TokenRefusedException(0, $"{gateway} gives no token: {e.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    private static string? ErrorOf(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("error", out var error) ? error.ToString() : body.ToString();
}
