using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using OrleansTicker.Gateway.Limits;
using OrleansTicker.Gateway.Telemetry;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Limits;

public sealed class MemoryReturnTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().AddSingleton<RefusalMetrics>().BuildServiceProvider();
    private readonly CandleReadLimits _limits;
    private readonly MemoryReturn _memory;

    public MemoryReturnTests()
    {
        _limits = new CandleReadLimits(Options.Create(new LimitOptions()), _services.GetRequiredService<RefusalMetrics>());
        _memory = new MemoryReturn(_limits, _time);
    }

    [Fact]
    public async Task After_many_pages_memory_is_given_back_once()
    {
        await _memory.StartAsync(TestContext.Current.CancellationToken);
        await ReadAsync(MemoryReturn.LeastPages);

        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(MemoryReturn.Quiet);
                return _memory.Collections > 0;
            },
            "memory is given back");
        await ReadAsync(MemoryReturn.LeastPages - 1);
        _time.Advance(2 * MemoryReturn.Rest);
        await _memory.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, _memory.Collections);
    }

    public void Dispose()
    {
        _memory.Dispose();
        _limits.Dispose();
        _services.Dispose();
    }

    private async Task ReadAsync(int pages)
    {
        for (var page = 0; page < pages; page++)
        {
            using var room = await _limits.WaitAsync(TestContext.Current.CancellationToken);
        }
    }
}
