using OrleansTicker.Grains.Prices;

namespace OrleansTicker.Tests.Grains.Prices;

/// <summary>A short word for the tests of what a source is made with.</summary>
internal static class FirstPrices
{
    public static IEnumerable<decimal> Prices(this IPriceSource source) => new Collected(source).Turn().Select(q => q.Price);
}
