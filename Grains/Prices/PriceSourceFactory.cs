using Microsoft.Extensions.Options;
using OrleansTicker.Grains.Interfaces.Ticker;

namespace OrleansTicker.Grains.Prices;

/// <summary>Creates the configured source. Only the options of the chosen kind are read.</summary>
internal sealed class PriceSourceFactory(IOptions<PriceOptions> prices, IEnumerable<IPriceSourceKind> kinds) : IPriceSourceFactory
{
    public IPriceSource Create() => Create([]);

    public IPriceSource Create(IReadOnlyCollection<Quote> known) => kinds.First(kind => kind.Name == prices.Value.Source).Create(known);
}
