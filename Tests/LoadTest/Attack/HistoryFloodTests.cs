using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.LoadTest.Attack;
using OrleansTicker.Tests.LoadTest.Hosting;

namespace OrleansTicker.Tests.LoadTest.Attack;

public sealed class HistoryFloodTests
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_clients_read_page_after_page_and_half_of_them_none_to_its_end()
    {
        var (begun, whole) = (0, 0);
        var body = new byte[4 << 20]; // More than the kernel takes from a server whose client does not read.
        await using var gateway = await FakeGateway.StartAsync(async context =>
        {
            context.Response.Headers.Link = $"</api/v1/candles?cursor={Interlocked.Increment(ref begun)}>; rel=\"next\"";
            await context.Response.Body.WriteAsync(body, context.RequestAborted);
            Interlocked.Increment(ref whole);
        });

        var attackers = AttackersOf(gateway.Address, scale: 0.05);
        await new HistoryFlood().ExecuteAsync(attackers, Stop);

        var paths = gateway.Requests.ToList();
        Assert.True(attackers.Answers.Counts["HTTP 200"] > 50, string.Join(", ", attackers.Answers.Counts));
        Assert.Equal(0, attackers.Answers.Opened); // They have a right to what they ask for.
        Assert.Equal(["1m", "1s"], paths.Where(path => path.Contains("limit=5000", StringComparison.Ordinal)).Select(path => path.Contains("interval=1s", StringComparison.Ordinal) ? "1s" : "1m").Distinct().Order());
        Assert.Contains(paths, path => path.Contains("cursor=", StringComparison.Ordinal));
        Assert.InRange(whole, 1, paths.Count - 1);
    }

    [Fact]
    public async Task Downloads_are_asked_for_among_the_pages_and_refusals_are_counted()
    {
        await using var gateway = await FakeGateway.StartAsync(context =>
        {
            context.Response.StatusCode = context.Request.Path.Value!.EndsWith("csv", StringComparison.Ordinal) ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status429TooManyRequests;
            return Task.CompletedTask;
        });

        var attackers = AttackersOf(gateway.Address, scale: 0.05);
        await new HistoryFlood().ExecuteAsync(attackers, Stop);

        Assert.True(attackers.Answers.Counts["HTTP 429"] > attackers.Answers.Counts["HTTP 503"], string.Join(", ", attackers.Answers.Counts));
        Assert.Equal(["/api/v1/candles", "/api/v1/candles.csv"], gateway.Requests.Select(path => path[..path.IndexOf('?', StringComparison.Ordinal)]).Distinct().Order());
    }

    [Fact]
    public async Task A_gateway_that_hangs_up_or_is_gone_is_counted()
    {
        Attackers attackers;
        await using (var gateway = await FakeGateway.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        }))
        {
            attackers = AttackersOf(gateway.Address, scale: 0.005);
            await new HistoryFlood().ExecuteAsync(attackers, Stop);
            Assert.Equal([Answers.Cut], attackers.Answers.Counts.Keys);
        }

        attackers = AttackersOf(attackers.Gateway, scale: 0.005);
        await new HistoryFlood().ExecuteAsync(attackers, Stop);
        Assert.Equal((Answers.Refused, 50), (Assert.Single(attackers.Answers.Counts).Key, attackers.Answers.Total));
    }

    private static Attackers AttackersOf(Uri gateway, double scale) => new(gateway, FakeGateway.Token, OverdueTime.Duration, scale, new OverdueTime());

    /// <summary>A clock by which all of an attack is due as soon as it has begun, and which no time limit expires by: nothing waits for it.</summary>
    private sealed class OverdueTime : FakeTimeProvider
    {
        public static readonly TimeSpan Duration = TimeSpan.FromHours(1);

        private int _readings;

        public override long GetTimestamp() => Interlocked.Increment(ref _readings) == 1 ? 0 : (long)Duration.TotalSeconds * TimestampFrequency;
    }
}
