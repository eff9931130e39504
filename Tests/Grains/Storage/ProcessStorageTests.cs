using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Grains.Storage;
using OrleansTicker.Grains.Ticker;
using Orleans.Serialization;
using Orleans.Storage;

namespace OrleansTicker.Tests.Grains.Storage;

public sealed class ProcessStorageTests
{
    private static readonly GrainId Ticker = GrainId.Create("ticker", "0");

    private readonly ProcessStorage _storage =
        new(new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<DeepCopier>());

    [Fact]
    public async Task What_was_written_is_read_and_what_was_changed_since_is_not()
    {
        var writer = new GrainState<TickerState>(new TickerState { Epoch = 7 });
        await _storage.WriteStateAsync("ticker", Ticker, writer);
        writer.State!.Epoch = 8;

        var reader = new GrainState<TickerState>();
        await _storage.ReadStateAsync("ticker", Ticker, reader);

        Assert.True(reader.RecordExists);
        Assert.Equal(7, reader.State!.Epoch);
        Assert.Equal(writer.ETag, reader.ETag);
    }

    [Fact]
    public async Task A_version_that_is_not_the_newest_neither_writes_nor_clears()
    {
        var one = new GrainState<TickerState>(new TickerState());
        await _storage.WriteStateAsync("ticker", Ticker, one);
        var other = new GrainState<TickerState>();
        await _storage.ReadStateAsync("ticker", Ticker, other);
        await _storage.WriteStateAsync("ticker", Ticker, other);

        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("ticker", Ticker, one));
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.ClearStateAsync("ticker", Ticker, one));
        await _storage.ClearStateAsync("ticker", Ticker, other);
        await _storage.ReadStateAsync("ticker", Ticker, one);
        Assert.False(one.RecordExists);
    }
}
