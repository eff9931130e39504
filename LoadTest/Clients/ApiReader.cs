using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace OrleansTicker.LoadTest.Clients;

/// <summary>Reads symbols and candles over HTTP (docs/api.md).</summary>
internal sealed class ApiReader : IDisposable
{
    private const int MaxShownLength = 200;

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>The most candles of a page.</summary>
    public int PageLength { get; init; } = 5000;

    /// <summary>Reads the symbols of the whole market.</summary>
    /// <exception cref="AnswerException">The gateway did not answer with them.</exception>
    public async Task<IReadOnlyList<string>> ReadSymbolsAsync(Uri gateway, string token, CancellationToken cancellationToken)
    {
        var list = await ReadAsync(gateway, token, "/api/v1/symbols", ClientJson.Default.SymbolList, cancellationToken);
        return [.. list.Symbols.Where(symbol => symbol.Exchange is null).Select(symbol => symbol.Symbol)];
    }

    /// <summary>Reads all candles of a range, page after page.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="token">The token.</param>
    /// <param name="symbol">The symbol.</param>
    /// <param name="interval">The interval, such as <c>1s</c>.</param>
    /// <param name="from">The earliest open time, in Unix seconds.</param>
    /// <param name="to">The time before which they open, in Unix seconds.</param>
    /// <param name="cancellationToken">Cancels the reads.</param>
    /// <exception cref="AnswerException">The gateway did not answer with them.</exception>
    public async Task<CandlePage> ReadCandlesAsync(
        Uri gateway, string token, string symbol, string interval, long from, long to, CancellationToken cancellationToken)
    {
        List<ReceivedCandle> candles = [];
        List<ReceivedGap> gaps = [];
        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"/api/v1/candles?symbol={Uri.EscapeDataString(symbol)}&interval={interval}&from={from}&to={to}&limit={PageLength}");
        string? cursor = null;
        do
        {
            var page = await ReadAsync(
                gateway, token, cursor is null ? path : $"{path}&cursor={Uri.EscapeDataString(cursor)}", ClientJson.Default.CandlePage, cancellationToken);
            candles.AddRange(page.Candles);
            gaps.AddRange(page.Gaps);
            cursor = page.NextCursor != cursor || cursor is null ? page.NextCursor : throw new AnswerException(0, $"{path} leads to the same page again");
        }
        while (cursor is not null);

        return new CandlePage(candles, gaps);
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> ReadAsync<T>(Uri gateway, string token, string path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(gateway, path));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await _http.SendAsync(request, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                var body = await response.Content.ReadAsStringAsync(cancellationToken);
                throw new AnswerException(
                    (int)response.StatusCode,
                    string.Create(CultureInfo.InvariantCulture, $"{path} is answered with {(int)response.StatusCode} {(body.Length > MaxShownLength ? body[..MaxShownLength] : body)}"));
            }

            return (await response.Content.ReadFromJsonAsync(type, cancellationToken))!;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new AnswerException(0, $"{path} is not answered: {e.Message}");
        }
    }
}
