using System.Runtime.CompilerServices;

namespace OrleansTicker.Tests.Hosting;

/// <summary>Waits until a condition becomes true on another thread or process, and says what did not happen in time.</summary>
internal static class Eventually
{
    /// <summary>The timeout of a single wait: far longer than anything takes, even on a busy machine.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    public static Task TrueAsync(Func<bool> fact, string what) => TrueAsync(() => Task.FromResult(fact()), what);

    public static async Task TrueAsync(Func<Task<bool>> fact, string what)
    {
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!await fact().WithinTimeoutAsync(what))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(startedAt) < Timeout, $"Not within {Timeout}: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public static async Task<T> WithinTimeoutAsync<T>(this Task<T> task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        await ((Task)task).WithinTimeoutAsync(what);
        return await task;
    }

    public static async Task WithinTimeoutAsync(this Task task, [CallerArgumentExpression(nameof(task))] string what = "")
    {
        try
        {
            await task.WaitAsync(Timeout, TimeProvider.System, TestContext.Current.CancellationToken);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Not within {Timeout}: {what}");
        }
    }
}
