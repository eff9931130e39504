namespace OrleansTicker.Tests.Page;

/// <summary>The rate of messages and the age of the newest price.</summary>
public sealed class GaugeModuleTests(ModulePage page) : ModuleTest(page)
{
    [Fact]
    public async Task The_rate_counts_the_last_seconds_and_falls_to_nothing()
    {
        var rates = await RunAsync<double[]>("health/rate", """
            (meter => {
              for (let now = 0; now < 4000; now += 10) meter.record(now);
              return [meter.perSecond(4000), meter.perSecond(20000)];
            })(new m.RateMeter())
            """);

        Assert.Equal([100, 0], rates);
    }

    /// <summary>The server's clock is 1,000 ms ahead of this one, then something happens, and the message that comes is new.</summary>
    [Theory]
    [InlineData("c.observe(301_000, 20)", 301_000, 20)]
    [InlineData("c.observe(1_000 - 300, 20)", 700, 20)]
    [InlineData("c.renew(); c.observe(1_100, 5_000)", 1_100, 5_000)]
    public async Task An_age_follows_the_servers_clock_up_and_down(string what, long publishedAt, long now) =>
        Assert.Equal(0, await RunAsync<double>("wire/clock", $"(c => {{ c.observe(1_000, 0); {what}; return c.ageOf({publishedAt}, {now}); }})(new m.ServerClock())"));

    [Fact]
    public async Task What_comes_late_is_as_old_as_it_is()
    {
        var ages = await RunAsync<double[]>("wire/clock", """
            (c => {
              c.observe(1_000, 0);
              c.observe(1_010, 4_010);
              return [c.ageOf(1_010, 4_010), c.ageOf(1_010, 5_010), c.ageOf(0, 1)];
            })(new m.ServerClock())
            """);

        Assert.Equal([3_998, 4_998, -1], ages.Select(age => Math.Round(age)));
    }
}
