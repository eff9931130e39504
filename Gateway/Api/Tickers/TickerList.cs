using System.Collections.Frozen;
using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Tickers;

/// <summary>The tickers of some symbols at one state of the market, encoded once, and shared by all requests for them.</summary>
internal sealed class TickerList
{
    /// <summary>Encodes the tickers.</summary>
    /// <param name="market">The state of the market.</param>
    /// <param name="days">The last 24 hours by symbol.</param>
    /// <param name="places">The places of the symbols.</param>
    public TickerList(MarketState market, FrozenDictionary<string, SymbolDay> days, IReadOnlyCollection<int> places)
    {
        (Market, Days) = (market, days);
        Body = new SharedBody(Encode(market, days, places));
    }

    /// <summary>The state of the market.</summary>
    public MarketState Market { get; }

    /// <summary>The last 24 hours that it tells.</summary>
    public FrozenDictionary<string, SymbolDay> Days { get; }

    /// <summary>The answer.</summary>
    public SharedBody Body { get; }

    /// <summary>Encodes an answer that nobody shares; the parameters are those of a list.</summary>
    public static ByteChunks Encode(MarketState market, FrozenDictionary<string, SymbolDay> days, IReadOnlyCollection<int> places)
    {
        var tickers = places.Select(place => TickerFigures.Of(market[place].Quote, days.GetValueOrDefault(market.Symbols[place])));
        var answer = new TickerListJson(market.At.Epoch, market.At.Seq, TickerFigures.Microseconds(market.PublishedAt), tickers);
        return BodyWriter.Encode(answer, TickersJson.Default.TickerListJson);
    }
}
