using OrleansTicker.Gateway.Http;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Gateway.Api.Symbols;

/// <summary>Gives endpoints the market and what the request may see of it.</summary>
internal sealed class MarketReads(IMarketFeed feed, VisibleSymbols symbols)
{
    private const string RetryAfterSeconds = "1";

    /// <summary>Answers from the market; 503 before this gateway has it, since a list without symbols would not be true.</summary>
    /// <param name="context">The request.</param>
    /// <param name="answerAsync">Answers it.</param>
    public Task AnswerAsync(HttpContext context, Func<MarketState, VisibleSet, Task> answerAsync)
    {
        var market = feed.Newest;
        if (market.Count > 0)
        {
            return answerAsync(market, symbols.Of(context, market));
        }

        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return ErrorResponse.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "no prices yet");
    }
}
