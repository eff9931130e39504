using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using OrleansTicker.LoadTest.Load;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>Reads a gateway's metrics over HTTP.</summary>
internal sealed class FigureReader : IDisposable
{
    private const string Path = "/admin/metrics";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Uri _address;

    /// <param name="gateway">The gateway.</param>
    /// <param name="token">A token that may read the metrics.</param>
    public FigureReader(Uri gateway, string token)
    {
        _address = new Uri(gateway, Path);
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _http.DefaultRequestHeaders.ConnectionClose = true; // Its connection must not be counted.
    }

    /// <exception cref="LoadException">The gateway did not return its metrics.</exception>
    public async Task<GatewayFigures> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var response = await _http.GetAsync(_address, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Forbidden)
            {
                throw new LoadException($"The gateway keeps its figures to those whose policies allow metrics.read: give such a key as --admin-key.");
            }

            return Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(cancellationToken));
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new LoadException($"{_address} cannot be read: {e.Message}");
        }
    }

    public void Dispose() => _http.Dispose();

    private static GatewayFigures Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#').ToList();
        double Sum(string name) => lines
            .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line[name.Length] is ' ' or '{')
            .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), NumberStyles.Float, CultureInfo.InvariantCulture));
        return new GatewayFigures(
            (int)Sum("ticker_sessions"),
            (int)Sum("kestrel_active_connections"),
            (int)Sum("orleans_grains"),
            Sum("dotnet_process_memory_working_set") / 1e6,
            Sum("dotnet_gc_last_collection_heap_size") / 1e6,
            Sum("dotnet_process_cpu_time_total"));
    }
}
