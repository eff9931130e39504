using System.Net;
using Microsoft.Extensions.Logging;
using OrleansTicker.Grains.Prices.Exchanges;

namespace OrleansTicker.Grains.Prices.Feeds.Products;

/// <summary>Gets the exchange's list of products: from the exchange, or the copy on disk. For one caller at a time.</summary>
internal sealed partial class ProductCatalog(
    IExchange exchange, Uri url, ProductFile file, TimeProvider time, ILogger<ProductCatalog> logger) : IDisposable
{
    /// <summary>How long the exchange may take to answer.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The longest list, decompressed. The longest ones known have about 20 MB.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All })
    {
        MaxResponseContentBufferSize = MaxBytes,
        Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", FeedAgent.Name } },
    };

    private bool _hasLogged;

    /// <summary>Fetches the list and keeps a copy of it. A failure is logged once until it succeeds.</summary>
    /// <returns>The list; null if it could not be had.</returns>
    public async Task<IReadOnlyList<ListedProduct>?> TryFetchAsync(CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var json = await _http.GetByteArrayAsync(url, linked.Token);
            var list = Read(json);
            _hasLogged = false;
            await file.WriteAsync(json, cancellationToken);
            return list;
        }
#pragma warning disable CA1031 // Whatever is wrong with the list, prices do not depend on it.
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            var reason = timeout.IsCancellationRequested ? $"it did not come within {Timeout}" : fault is FormatException ? fault.Message : FaultText.Of(fault);
            LogNotFetched(_hasLogged ? LogLevel.Debug : LogLevel.Warning, exchange.Name, reason);
            _hasLogged = true;
            return null;
        }
    }

    /// <summary>Reads the copy on disk.</summary>
    /// <returns>The list; null if there is none that can be read.</returns>
    public async Task<IReadOnlyList<ListedProduct>?> TryReadCopyAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await file.TryReadAsync(cancellationToken) is { } json ? Read(json) : null;
        }
        catch (FormatException fault)
        {
            LogBadCopy(exchange.Name, fault.Message);
            return null;
        }
    }

    public void Dispose() => _http.Dispose();

    private IReadOnlyList<ListedProduct> Read(byte[] json)
    {
        var list = exchange.ReadProducts(json);
        return list.Count > 0 ? list : throw new FormatException("It lists no product.");
    }

    [LoggerMessage(EventId = 2024, Message = "The list of products of {Exchange} cannot be fetched: {Reason}. It is tried again; until then the last one counts, or the rule for its names")]
    private partial void LogNotFetched(LogLevel level, string exchange, string reason);

    [LoggerMessage(2025, LogLevel.Warning, "The copy of {Exchange}'s list of products is not used: {Reason}")]
    private partial void LogBadCopy(string exchange, string reason);
}
