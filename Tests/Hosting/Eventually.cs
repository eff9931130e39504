namespace OrleansTicker.Tests.Hosting;

/// <summary>Waits for a fact that another thread will make true.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    public static async Task TrueAsync(Func<bool> fact, string what)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!fact())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(startedAt) < Timeout, $"Not within {Timeout}: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public static Task<T> WithinTimeoutAsync<T>(this Task<T> task) =>
        task.WaitAsync(Timeout, TimeProvider.System, TestContext.Current.CancellationToken);

    public static Task WithinTimeoutAsync(this Task task) =>
        task.WaitAsync(Timeout, TimeProvider.System, TestContext.Current.CancellationToken);
}
