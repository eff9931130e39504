using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.ResponseCompression;
using OrleansTicker.Gateway.Api.Answers;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Grains.Interfaces.Candles;

namespace OrleansTicker.Gateway.Api.Tickers;

/// <summary>
/// The tickers of some symbols at one state of the market, encoded once in each form, and shared by all requests for them. Immutable, apart
/// from the forms that are added when they are first wanted. Any thread may call it.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Requests share its bytes, and only the garbage collector knows when the last one has sent them.")]
internal sealed class TickerList
{
    private readonly ConcurrentDictionary<string, Lazy<Task<Body>>> _compressed = new(StringComparer.Ordinal);
    private readonly Body _plain;

    /// <summary>Encodes the tickers.</summary>
    /// <param name="market">The state of the market.</param>
    /// <param name="days">The last 24 hours by symbol.</param>
    /// <param name="places">The places of the symbols.</param>
    public TickerList(MarketState market, FrozenDictionary<string, SymbolDay> days, IReadOnlyCollection<int> places)
    {
        (Market, Days) = (market, days);
        var tickers = places.Select(place => TickerFigures.Of(market[place].Quote, days.GetValueOrDefault(market.Symbols[place])));
        var answer = new TickerListJson(market.At.Epoch, market.At.Seq, TickerFigures.Microseconds(market.PublishedAt), tickers);
        _plain = new Body(BodyWriter.Encode(answer, TickersJson.Default.TickerListJson), null);
        var tag = new EntityTag();
        _plain.Bytes.AddTo(tag.Hash);
        Tag = tag.Text;
    }

    /// <summary>The state of the market.</summary>
    public MarketState Market { get; }

    /// <summary>The last 24 hours that it tells.</summary>
    public FrozenDictionary<string, SymbolDay> Days { get; }

    /// <summary>Its entity tag.</summary>
    public string Tag { get; }

    /// <summary>The body in the form that a client wants.</summary>
    public async ValueTask<Body> BodyForAsync(HttpContext context, BodyWriter writer)
    {
        if (writer.Choose(context, _plain.Bytes) is not { } provider)
        {
            return _plain;
        }

        return await _compressed.GetOrAdd(
            provider.EncodingName,
            static (_, both) => new Lazy<Task<Body>>(() => Task.Run(() => BodyWriter.Compress(both.Bytes, both.Provider))),
            (_plain.Bytes, Provider: provider)).Value;
    }
}
