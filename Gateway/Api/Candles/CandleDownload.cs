using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;
using OrleansTicker.Gateway.Api.Symbols;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Candles;
using OrleansTicker.History.Formats;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary>
/// Sends the candles of a range as a file, page by page as the client takes them. What goes wrong before the first page is an error like any
/// other; later the connection is aborted, so that nobody takes half a file for the whole.
/// </summary>
internal sealed partial class CandleDownload(
    CandleReader reader,
    DownloadPermission permission,
    IMarketFeed feed,
    CandleReadLimits limits,
    IResponseCompressionProvider compression,
    TimeProvider time,
    ILogger<CandleDownload> logger)
{
    /// <summary>The longest time without room to read the next page: then another attempt is made.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>How slowly a client may take the file: there are few downloads at a time, and each one is somebody else's turn.</summary>
    private static readonly MinDataRate SlowestClient = new(bytesPerSecond: 8 << 10, gracePeriod: TimeSpan.FromSeconds(10));

    /// <summary>Sends a file.</summary>
    /// <param name="context">The request.</param>
    /// <param name="range">Which candles.</param>
    /// <param name="format">The format.</param>
    public async Task SendAsync(HttpContext context, CandleRange range, ICandleFormat format)
    {
        var stop = context.RequestAborted;
        var all = range with { From = range.From ?? DateTimeOffset.UnixEpoch };
        var first = await ReadPageAsync(all, stop);
        if (first.Candles.IsEmpty && !feed.Newest.TryGetPlace(range.Symbol, out _))
        {
            await ErrorResponse.WriteAsync(context, StatusCodes.Status404NotFound, SymbolGate.NoSuchSymbol);
            return;
        }

        var provider = Describe(context, range, format);
        await context.Response.StartAsync(stop); // From here on, its length is not known, also for HEAD.
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return; // Nobody would see the file.
        }

        try
        {
            var candles = ReadAsync(context, all, first, stop);
            if (provider is null)
            {
                await format.WriteAsync(candles, context.Response.Body, stop);
                return;
            }

            await using var compressed = provider.CreateStream(context.Response.Body);
            await format.WriteAsync(candles, compressed, stop);
        }
        catch (Exception exception)
        {
            context.Abort();
            if (!stop.IsCancellationRequested)
            {
                LogFailed(exception, format.Name, range.Symbol, range.Interval);
            }
        }
    }

    private async IAsyncEnumerable<SymbolCandle> ReadAsync(
        HttpContext context, CandleRange range, CandlePage first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var page = first; ; page = await ReadPageAsync(range, cancellationToken))
        {
            foreach (var candle in page.Candles)
            {
                if (!page.IsClosed(candle, range.Interval))
                {
                    yield break;
                }

                yield return new SymbolCandle(range.Symbol, range.Interval, candle);
            }

            if (!page.HasMore || page.Candles.IsEmpty)
            {
                yield break;
            }

            range = range with { From = page.Candles[^1].OpenTime + range.Interval.Length() };
            await permission.CheckAsync(context, range.Symbol);
        }
    }

    private async Task<CandlePage> ReadPageAsync(CandleRange range, CancellationToken cancellationToken)
    {
        if (range.To <= range.From)
        {
            return new CandlePage(default, default, [], HasMore: false, []); // The client has named an end before all candles, and no beginning.
        }

        while (true)
        {
            using (var room = await limits.WaitAsync(cancellationToken))
            {
                if (room.IsAcquired)
                {
                    // A read goes on without the client, so it keeps its room.
                    var query = new CandleQuery(range.Symbol, range.Interval, range.From, range.To, CandleQuery.MaxLimit);
                    var page = await reader.ReadAsync(query, CancellationToken.None);
                    cancellationToken.ThrowIfCancellationRequested();
                    return page;
                }
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    /// <summary>Writes the headers, and finds out how to compress what is not compressed by itself.</summary>
    private ICompressionProvider? Describe(HttpContext context, CandleRange range, ICandleFormat format)
    {
        var response = context.Response;
        response.ContentType = format.MediaType;
        var name = $"{range.Symbol.Replace(':', '-')}-{range.Interval.Name()}.{format.Name}";
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "no-store";
        if (HttpProtocol.IsHttp11(context.Request.Protocol) && context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = SlowestClient; // Over HTTP/2 the rate belongs to the connection.
        }

        var provider = format == CandleFormats.Csv && compression.CheckRequestAcceptsCompression(context) ? compression.GetCompressionProvider(context) : null;
        if (provider is not null)
        {
            response.Headers.ContentEncoding = provider.EncodingName;
        }

        return provider;
    }

    [LoggerMessage(2403, LogLevel.Warning, "A download of {Symbol} {Interval} as {Format} was cut off")]
    private partial void LogFailed(Exception exception, string format, string symbol, CandleInterval interval);
}
