using System.Diagnostics.CodeAnalysis;
using Orleans.Runtime;
using Orleans.Streams;

namespace OrleansTicker.Grains.Streaming;

/// <summary>
/// The ticks that the delivery agent holds for its subscribers. A subscriber that falls behind loses the oldest and finds
/// that out from the gap; it never holds up the queue or another subscriber. Called by the agent alone.
/// </summary>
internal sealed class TickCache : IQueueCache
{
    private readonly TickContainer?[] _ticks = new TickContainer?[TickQueue.Capacity];
    private long _count; // Ticks ever added; number n stands in slot n % length.

    public int GetMaxAddCount() => _ticks.Length;

    public void AddToCache(IList<IBatchContainer> messages)
    {
        foreach (var message in messages)
        {
            _ticks[_count++ % _ticks.Length] = (TickContainer)message;
        }
    }

    public bool TryPurgeFromCache([MaybeNullWhen(false)] out IList<IBatchContainer> purgedItems)
    {
        purgedItems = null;
        return false; // Old ticks are overwritten by new ones.
    }

    public bool IsUnderPressure() => false;

    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token)
    {
        var next = _count;
        while (token is not null && next > Oldest && At(next - 1).Position >= token.SequenceNumber)
        {
            next--;
        }

        return new Cursor(this, next);
    }

    private long Oldest => Math.Max(0, _count - _ticks.Length);

    private TickContainer At(long number) => _ticks[number % _ticks.Length]!;

    private sealed class Cursor(TickCache cache, long next) : IQueueCacheCursor
    {
        private TickContainer? _current;

        public IBatchContainer? GetCurrent(out Exception? exception)
        {
            exception = null;
            return _current;
        }

        public bool MoveNext()
        {
            if (next == cache._count)
            {
                return false;
            }

            if (next < cache.Oldest)
            {
                next = cache._count - 1; // Too far behind to catch up tick by tick: the newest says so soonest.
            }

            _current = cache.At(next++);
            return true;
        }

        public void Refresh(StreamSequenceToken token)
        {
            // The cursor reads the shared ring and has nothing to refresh.
        }

        public void RecordDeliveryFailure()
        {
            // A tick that could not be delivered is not offered again: the next one shows the gap.
        }

        public void Dispose()
        {
            // Holds nothing.
        }
    }
}
