using OrleansTicker.LoadTest.Api;

namespace OrleansTicker.Tests.LoadTest.Api;

public sealed class PromptTimeTests : IDisposable
{
    private static readonly CancellationToken Stop = TestContext.Current.CancellationToken;

    private readonly PromptTime _time = new();

    public void Dispose() => _time.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(30)]
    public async Task A_timer_never_fires_early(int milliseconds)
    {
        var due = TimeSpan.FromMilliseconds(milliseconds);
        var started = _time.GetTimestamp();

        await Task.Delay(due, _time, Stop);

        Assert.True(_time.GetElapsedTime(started) >= due);
    }

    [Fact]
    public async Task A_timer_that_is_disposed_or_put_off_does_not_fire()
    {
        int fired;
        bool isInTime;
        var due = TimeSpan.FromMilliseconds(20);
        do
        {
            fired = 0;
            var started = _time.GetTimestamp();
            var disposed = _time.CreateTimer(_ => Interlocked.Increment(ref fired), null, due, Timeout.InfiniteTimeSpan);
            await using var putOff = _time.CreateTimer(_ => Interlocked.Increment(ref fired), null, due, Timeout.InfiniteTimeSpan);
            await disposed.DisposeAsync();
            putOff.Change(TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
            isInTime = _time.GetElapsedTime(started) < due; // A busy machine may be late, and they fire by right.

            await Task.Delay(2 * due, _time, Stop);
            due *= 4;
        }
        while (!isInTime);

        Assert.Equal(0, Volatile.Read(ref fired));
    }

    [Fact]
    public void A_timer_that_fires_again_and_again_is_refused() =>
        Assert.Throws<NotSupportedException>(() => _time.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
}
