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
    public async Task A_timer_that_is_cancelled_does_not_hold_up_the_next_one()
    {
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var cancelled = Task.Delay(TimeSpan.FromMilliseconds(1), _time, cancelling.Token);
        var longer = Task.Delay(TimeSpan.FromHours(1), _time, cancelling.Token);
        await cancelling.CancelAsync();

        await Task.Delay(TimeSpan.FromMilliseconds(2), _time, Stop);

        Assert.True(longer.IsCanceled);
        Assert.True(cancelled.IsCompleted);
    }

    [Fact]
    public void A_timer_that_fires_again_and_again_is_refused() =>
        Assert.Throws<NotSupportedException>(() => _time.CreateTimer(_ => { }, null, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
}
