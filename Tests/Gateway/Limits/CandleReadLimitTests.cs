using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Telemetry;

namespace OrleansTicker.Tests.Gateway.Limits;

public sealed class CandleReadLimitTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<RefusalMetrics>().BuildServiceProvider();
    private readonly CandleReadLimits _limits;

    public CandleReadLimitTests() => _limits = new CandleReadLimits(
        Options.Create(new LimitOptions { CandleReads = 1, WaitingCandleReads = 1, CandleReadsPerUser = 2, Downloads = 1, DownloadsPerUser = 1 }),
        _services.GetRequiredService<RefusalMetrics>());

    [Fact]
    public async Task One_page_is_read_after_the_other()
    {
        var (first, second) = (new TaskCompletionSource<int>(), new TaskCompletionSource<int>());
        var sent = new List<int>();
        var one = ReadAsync("one", first.Task, sent);
        var two = ReadAsync("two", second.Task, sent);
        second.SetResult(2);
        Assert.False(two.IsCompleted);

        first.SetResult(1);
        await Task.WhenAll(one, two);

        Assert.Equal([1, 2], sent);
    }

    [Fact]
    public async Task A_client_that_takes_its_page_slowly_holds_up_nobody_but_counts_for_its_user()
    {
        var sending = new TaskCompletionSource();
        var slow = _limits.ReadAsync(NewRequest(), "one", () => Task.FromResult(1), _ => sending.Task);
        var alsoSlow = _limits.ReadAsync(NewRequest(), "one", () => Task.FromResult(1), _ => sending.Task);

        await ReadAsync("two", Task.FromResult(2), []);
        var third = NewRequest();
        await _limits.ReadAsync(third, "one", () => Task.FromResult(1), _ => throw new InvalidOperationException("It must not be read."));

        Assert.Equal(StatusCodes.Status429TooManyRequests, third.Response.StatusCode);
        Assert.False(slow.IsCompleted || alsoSlow.IsCompleted);
        sending.SetResult();
        await Task.WhenAll(slow, alsoSlow);
        await ReadAsync("one", Task.FromResult(1), []);
    }

    [Fact]
    public async Task A_fault_gives_the_room_back()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => ReadAsync("one", Task.FromException<int>(new TimeoutException()), []));

        await ReadAsync("one", Task.FromResult(1), []);
    }

    [Fact]
    public async Task Downloads_are_limited_in_all_and_of_a_user()
    {
        var downloading = new TaskCompletionSource();
        var first = _limits.DownloadAsync(NewRequest(), "one", () => downloading.Task);
        var (same, other) = (NewRequest(), NewRequest());

        await _limits.DownloadAsync(same, "one", () => Task.CompletedTask);
        await _limits.DownloadAsync(other, "two", () => Task.CompletedTask);

        Assert.Equal(
            (StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable), (same.Response.StatusCode, other.Response.StatusCode));
        downloading.SetResult();
        await first;
        var again = NewRequest();
        await _limits.DownloadAsync(again, "one", () => Task.CompletedTask);
        Assert.Equal(StatusCodes.Status200OK, again.Response.StatusCode);
    }

    public void Dispose()
    {
        _limits.Dispose();
        _services.Dispose();
    }

    private static DefaultHttpContext NewRequest() => new();

    private Task ReadAsync(string user, Task<int> reading, List<int> sent) => _limits.ReadAsync(
        NewRequest(),
        user,
        () => reading,
        page =>
        {
            sent.Add(page);
            return Task.CompletedTask;
        });
}
