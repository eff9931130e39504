using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Candles;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Candles;

/// <summary>Makes the answers to requests for candles: reads pages, and encodes them.</summary>
internal sealed class CandleAnswers(CandleReader reader, IMarketFeed feed, BodyWriter writer)
{
    /// <summary>Reads a page, and encodes it in the form that the client wants.</summary>
    /// <param name="context">The request.</param>
    /// <param name="request">What it asks for.</param>
    public async Task<CandleAnswer> ReadAsync(HttpContext context, CandleRequest request)
    {
        var (symbol, interval) = (request.Whole.Symbol, request.Whole.Interval);
        var page = await reader.ReadAsync(request.Query, CancellationToken.None); // It goes on without the client, so it keeps its room.
        context.RequestAborted.ThrowIfCancellationRequested();
        if (page.Candles.IsEmpty && !feed.Newest.TryGetPlace(symbol, out _))
        {
            return CandleAnswer.NoSymbol;
        }

        var next = request.NextAfter(page)?.Write();
        var answer = new CandleListJson(
            symbol,
            interval.Name(),
            page.Candles.Select(candle => CandleJson.Of(candle, page.IsClosed(candle, interval))),
            page.Gaps.Select(GapJson.Of),
            next);
        var plain = BodyWriter.Encode(answer, CandlesJson.Default.CandleListJson);
        var tag = EntityTag.Of(plain);
        var isKnown = EntityTag.IsKnownTo(context.Request, tag);
        return new CandleAnswer(isKnown ? new Body(plain, null) : writer.Form(context, plain), tag, request.IsFinal(page), next);
    }
}
