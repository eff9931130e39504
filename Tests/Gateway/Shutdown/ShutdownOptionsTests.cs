using OrleansTicker.Gateway.Shutdown;

namespace OrleansTicker.Tests.Gateway.Shutdown;

public sealed class ShutdownOptionsTests
{
    [Theory]
    [InlineData(0, 0, 7, true)]
    [InlineData(0, 0, 6.9, false)]
    [InlineData(5, 10, 22, true)]
    [InlineData(5, 10, 21.9, false)]
    public void The_timeout_has_to_hold_all_that_happens_one_after_the_other(double delay, double drain, double timeout, bool isInTime)
    {
        var options = new ShutdownOptions
        {
            ReadinessDelay = TimeSpan.FromSeconds(delay),
            Drain = TimeSpan.FromSeconds(drain),
            Timeout = TimeSpan.FromSeconds(timeout),
        };

        Assert.Equal(isInTime, options.IsInTime);
    }
}
