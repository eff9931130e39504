using CsCheck;
using OrleansTicker.Gateway.Market;

namespace OrleansTicker.Tests.Gateway.Market;

public sealed class PlaceIntersectionTests
{
    /// <summary>Dense lists, and lists with wide gaps.</summary>
    private static readonly Gen<int[]> GenPlaces = Gen.Int[1, 1000].SelectMany(
        last => Gen.Int[0, last].Array[0, 60].Select(places => places.Distinct().Order().ToArray()));

    [Fact]
    public void They_are_what_stands_in_both_lists_in_their_order() => Gen.Select(GenPlaces, GenPlaces).Sample(
        (first, second) =>
        {
            List<int> common = [];
            foreach (var place in new PlaceIntersection(first, second))
            {
                common.Add(place);
            }

            Assert.Equal(first.Intersect(second), common);
        },
        iter: 20_000);
}
