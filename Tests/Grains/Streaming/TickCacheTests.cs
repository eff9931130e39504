using OrleansTicker.Grains.Interfaces.Ticker;
using OrleansTicker.Grains.Streaming;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansTicker.Tests.Grains.Streaming;

public sealed class TickCacheTests
{
    private static readonly StreamId Stream = StreamId.Create(TickStream.Namespace, ITickerGrain.Key);

    private readonly TickCache _cache = new();

    [Fact]
    public void A_new_subscriber_gets_what_comes_after_it()
    {
        Add(1, 2);
        using var cursor = _cache.GetCacheCursor(Stream, null);

        Assert.Empty(Drain(cursor));
        Add(3, 4);
        Assert.Equal([3, 4], Drain(cursor));
    }

    [Fact]
    public void A_cursor_at_a_token_begins_with_that_tick()
    {
        Add(5, 6, 7);
        using var cursor = _cache.GetCacheCursor(Stream, new EventSequenceTokenV2(6));

        Assert.Equal([6, 7], Drain(cursor));
    }

    [Fact]
    public void A_subscriber_that_is_too_far_behind_goes_on_with_the_newest_tick()
    {
        using var slow = _cache.GetCacheCursor(Stream, null);
        Add([.. Enumerable.Range(1, TickQueue.Capacity + 1)]);

        Assert.Equal([TickQueue.Capacity + 1], Drain(slow));
    }

    [Fact]
    public void A_subscriber_never_holds_up_the_queue()
    {
        using var stuck = _cache.GetCacheCursor(Stream, null);
        Add([.. Enumerable.Range(1, 10 * TickQueue.Capacity)]);

        Assert.False(_cache.IsUnderPressure());
        Assert.True(_cache.GetMaxAddCount() > 0);
    }

    private static List<int> Drain(IQueueCacheCursor cursor)
    {
        List<int> positions = [];
        while (cursor.MoveNextWithResult().Kind is QueueCacheCursorMoveResultKind.Success)
        {
            positions.Add((int)((TickContainer)cursor.GetCurrent(out _)!).Position);
        }

        return positions;
    }

    private void Add(params int[] positions) =>
        _cache.AddToCache([.. positions.Select(position => new TickContainer(Stream, position, new Tick(1, position, default, [])))]);
}
