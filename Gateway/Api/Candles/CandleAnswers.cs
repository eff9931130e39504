using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary>Makes the answers to requests for candles: reads pages, and encodes them.</summary>
internal sealed class CandleAnswers(CandleReader reader, IMarketFeed feed, EncodedPages pages, BodyWriter writer)
{
    /// <summary>Reads a page, and encodes it in the form that the client wants.</summary>
    /// <param name="context">The request.</param>
    /// <param name="request">What it asks for.</param>
    /// <returns>The answer; null if the symbol does not exist.</returns>
    public async Task<CandleAnswer?> ReadAsync(HttpContext context, CandleRequest request)
    {
        var (symbol, interval) = (request.Whole.Symbol, request.Whole.Interval);
        var page = await reader.ReadAsync(request.Query, CancellationToken.None); // It goes on without the client, so it keeps its room.
        context.RequestAborted.ThrowIfCancellationRequested();
        if (page.Candles.IsEmpty && !feed.Newest.TryGetPlace(symbol, out _))
        {
            return null;
        }

        var next = request.NextAfter(page)?.Write();
        var shared = pages.Encode(symbol, interval, page, next);
        var isKnown = EntityTag.IsKnownTo(context.Request, shared.Tag);
        return new CandleAnswer(isKnown ? null : await shared.FormForAsync(context, writer), shared.Tag, request.IsFinal(page), next);
    }
}
