using OrleansTicker.Grains.Prices.Simulated;

namespace OrleansTicker.Tests.Grains.Prices.Simulated;

public sealed class RollingDayTests
{
    private readonly RollingDay _day = new();

    [Fact]
    public void A_day_is_what_was_traded_in_its_parts()
    {
        var random = new Random(9);
        List<(long Part, decimal Price, long Lots)> all = [];
        var part = 7L;
        for (var trade = 0; trade < 5000; trade++)
        {
            part += random.Next(10) == 0 ? random.Next(random.Next(50) == 0 ? 3 * RollingDay.Parts : 4) : 0;
            all.Add((part, random.Next(1, 1000), random.Next(1, 100)));
            _day.Add(all[^1].Part, all[^1].Price, all[^1].Lots);

            var day = all.Where(t => t.Part >= part - RollingDay.Parts).ToList();
            Assert.Equal(
                (day[0].Price, day.Max(t => t.Price), day.Min(t => t.Price), day.Sum(t => t.Lots)),
                (_day.Open, _day.High, _day.Low, _day.Lots));
        }
    }

    [Fact]
    public void After_a_day_without_trades_it_begins_anew()
    {
        _day.Add(0, 5m, 10);
        _day.Add(RollingDay.Parts + 1, 3m, 1);

        Assert.Equal((3m, 3m, 3m, 1L), (_day.Open, _day.High, _day.Low, _day.Lots));
    }
}
